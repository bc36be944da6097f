import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { decide } from '../access/decide.ts';
import { folderRule } from '../access/folderRule.ts';
import { FALLBACKS } from '../access/rules.ts';
import { anonymous } from '../access/subject.ts';
import { Catalogue } from '../images/catalogue/catalogue.ts';
import { AccessFileOnDisk } from './accessFileOnDisk.ts';
import { RulesInForce } from './rulesInForce.ts';
import type { StoreLook } from './rulesInStore.ts';

let root: string;
let lines: string[];
let now: number;
/** What is found there at each look. */
let store: StoreLook[];
beforeEach(() => {
  lines = [];
  store = [{ kind: 'rules', rules: [] }];
  now = Date.UTC(2026, 10, 1);
  root = mkdtempSync(join(tmpdir(), 'vitrine-in-force-'));
  for (const folder of ['maps/atlas', 'archive/old', 'Cafe\u0301']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'maps', 'a.tif'), '');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(folders: Record<string, unknown>): void {
  writeFileSync(join(root, 'access.yml'), JSON.stringify({ folders }));
}

function start(others: readonly ReturnType<typeof folderRule>[] = []): RulesInForce {
  const say = (level: string) => (_: object, message: string) => void lines.push(`${level}: ${message}`);
  const log = { warn: say('warn'), info: say('info'), error: say('error') };
  const file = new AccessFileOnDisk(join(root, 'access.yml'), 'access.yml');
  const look = (): Promise<StoreLook> => Promise.resolve(store.shift() ?? { kind: 'same' });
  return new RulesInForce({
    file,
    store: { look, again: () => undefined },
    others,
    confined: undefined,
    fallback: FALLBACKS.users,
    catalogue: new Catalogue(root),
    roles: () => Promise.resolve([]),
    log,
    now: () => now,
  });
}

function inForce(folders: Record<string, unknown>): RulesInForce {
  write(folders);
  return start();
}

/** Later, so that the folders are looked at again. */
function refresh(rules: RulesInForce): Promise<void> {
  now += 10_000;
  return rules.refresh();
}

const reader = { ...anonymous, kind: 'user', id: '1', email: 'r@example.org', active: true, roles: [] } as const;
const seen = (rules: RulesInForce, path: string): string =>
  decide(reader, { kind: 'image', path: path.split('/') }, rules.rules, now).kind;
const said = (): string[] => lines.filter((line) => !line.includes('of access.yml are in force'));

it('nobody sees anything before the rules are read', async () => {
  const rules = inForce({ maps: 'everyone' });
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['forbidden', 'forbidden']);
  await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['allowed', 'allowed']);
});

it('without an access.yml users see everything, but for what is said elsewhere', async () => {
  const rules = start([folderRule({ where: ['archive'], access: 'denied' })]);
  await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['allowed', 'forbidden']);
});

it('a change holds after two looks; a file with an error changes nothing, and is said once', async () => {
  const rules = inForce({ maps: 'nobody' });
  await rules.refresh();
  write({ maps: 'nbody', archive: 'nobody' });
  for (let n = 0; n < 4; n += 1) await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['forbidden', 'allowed']);
  expect(rules.faults).toMatchObject([{ line: 1, column: 13 }]);
  expect(said()).toEqual([
    expect.stringMatching(/^error: access.yml, line 1, column 13: "maps" has to be everyone, users, nobody/),
    'error: access.yml cannot be used as it is: it changes nothing',
  ]);
  lines.length = 0;
  write({ archive: 'nobody' });
  for (let n = 0; n < 2; n += 1) await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['allowed', 'forbidden']);
  expect(rules.faults).toEqual([]);
  expect(said()).toEqual(['warn: access.yml says nothing any more of maps']);
});

it('rules of the database hold, but for what the file says of the same place', async () => {
  const [maps, archive] = ['maps', 'archive'].map((name) => folderRule({ where: [name], access: 'denied' }));
  if (!maps || !archive) throw new Error();
  store = [{ kind: 'same' }, { kind: 'rules', rules: [maps, archive] }, { kind: 'rules', rules: [maps] }];
  const rules = inForce({ maps: 'users' });
  // Not with those of the file alone: what is closed by the others would be open.
  await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['forbidden', 'forbidden']);
  await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['allowed', 'forbidden']);
  await rules.refresh();
  expect([seen(rules, 'maps/a.tif'), seen(rules, 'archive/a.tif')]).toEqual(['allowed', 'allowed']);
});

it('of many rules that do not change the folders are not looked at again when another does', async () => {
  const [maps, archive] = ['maps', 'archive'].map((name) => folderRule({ where: [name], access: 'denied' }));
  if (!maps || !archive) throw new Error();
  store = [
    { kind: 'rules', rules: [maps] },
    { kind: 'rules', rules: [maps, archive] },
  ];
  const look = vi.spyOn(Catalogue.prototype, 'realOf');
  try {
    const rules = start();
    await rules.refresh();
    look.mockClear();
    await rules.refresh();
    expect(seen(rules, 'archive/a.tif')).toBe('forbidden');
    expect(look.mock.calls).toEqual([[['archive']]]);
    await refresh(rules);
    expect(look).toHaveBeenCalledTimes(3);
  } finally {
    look.mockRestore();
  }
});

it('nobody sees anything while the file cannot be looked at, whatever the database says', async () => {
  const rules = inForce({ maps: 'users' });
  renameSync(root, `${root}-away`);
  await rules.refresh();
  renameSync(`${root}-away`, root);
  expect(seen(rules, 'archive/a.tif')).toBe('forbidden');
  await rules.refresh();
  expect(seen(rules, 'archive/a.tif')).toBe('allowed');
});

it('an access.yml that is taken away is said', async () => {
  const rules = inForce({ maps: 'nobody' });
  await rules.refresh();
  unlinkSync(join(root, 'access.yml'));
  for (let n = 0; n < 3; n += 1) await rules.refresh();
  expect(seen(rules, 'maps/a.tif')).toBe('allowed');
  expect(said()).toEqual(['warn: access.yml is gone: its rules do not hold any more']);
});

it('when a grant begins or ends, the rules are others: what was made of them is made again', async () => {
  const [from, until] = [now + 20_000, now + 40_000];
  const moment = (time: number) => new Date(time).toISOString().slice(0, 19) + 'Z';
  const rules = inForce({ maps: [{ who: 'users', from: moment(from), until: moment(until) }] });
  await rules.refresh();
  const trees = new Set<object>();
  const kinds: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    trees.add(rules.rules);
    kinds.push(seen(rules, 'maps/a.tif'));
    await refresh(rules);
  }
  expect(kinds).toEqual(['forbidden', 'forbidden', 'allowed', 'allowed', 'forbidden', 'forbidden']);
  expect(trees.size).toBe(3);
});

it.each([
  ['mpas', 'mpas', '; was "maps" meant?'],
  ['Maps', 'Maps', '; was "maps" meant?'],
  ['maps/atals', 'maps/atals', '; was "maps/atlas" meant?'],
  ['mpas/atlas', 'mpas', '; was "maps" meant?'],
  ['theses', 'theses', ''],
])('%s names nothing: said once, with what was probably meant', async (name, missing, meant) => {
  const rules = inForce({ [name]: 'nobody' });
  await refresh(rules);
  await refresh(rules);
  expect(said()).toEqual([
    `warn: there is no folder "${missing}" in IMAGE_DIR: the rule for it holds for nothing${meant}`,
  ]);
});

it('nothing is said of what is there, accents in whichever way, folder or file', async () => {
  await refresh(inForce({ maps: 'nobody', 'maps/atlas': 'everyone', 'Caf\u00e9': 'nobody', 'maps/a.tif': 'nobody' }));
  expect(said()).toEqual([]);
});

it('a folder that vanishes is said, and that it is there again; each once', async () => {
  const rules = inForce({ maps: 'nobody', 'maps/atlas': 'users' });
  await refresh(rules);
  renameSync(join(root, 'maps'), join(root, 'mapz'));
  await refresh(rules);
  await refresh(rules);
  renameSync(join(root, 'mapz'), join(root, 'maps'));
  await refresh(rules);
  await refresh(rules);
  expect(said()).toEqual([
    expect.stringMatching(/^warn: there is no folder "maps" in IMAGE_DIR.*; was "mapz" meant\?$/),
    'info: the folder "maps" is there again',
  ]);
});

it('the rule of a link holds for where it leads, and for where it leads next', async () => {
  symlinkSync('archive/old', join(root, 'reading'));
  const rules = inForce({ reading: 'nobody' });
  await refresh(rules);
  expect(seen(rules, 'archive/old/1.tif')).toBe('forbidden');
  expect(seen(rules, 'archive/1.tif')).toBe('allowed');
  unlinkSync(join(root, 'reading'));
  symlinkSync('maps', join(root, 'reading'));
  await refresh(rules);
  expect([seen(rules, 'archive/old/1.tif'), seen(rules, 'maps/a.tif')]).toEqual(['allowed', 'forbidden']);
  expect(said()).toEqual([
    'info: "reading" is a link: what its rule says holds for the folder "archive/old"',
    'info: "reading" is a link: what its rule says holds for the folder "maps"',
  ]);
});

it('a folder that was moved and left a link behind stays closed', async () => {
  const rules = inForce({ 'maps/atlas': 'nobody' });
  await refresh(rules);
  renameSync(join(root, 'maps', 'atlas'), join(root, 'archive', 'atlas'));
  symlinkSync('../archive/atlas', join(root, 'maps', 'atlas'));
  await refresh(rules);
  expect(seen(rules, 'archive/atlas/1.tif')).toBe('forbidden');
});

it('what is said of a folder by its own name comes first', async () => {
  symlinkSync('maps', join(root, 'link'));
  const rules = inForce({ link: 'everyone', maps: 'nobody' });
  await refresh(rules);
  expect(seen(rules, 'maps/a.tif')).toBe('forbidden');
});

it('while the disk does not answer all stays as it was, and that is said once', async () => {
  symlinkSync('archive/old', join(root, 'reading'));
  const rules = inForce({ reading: 'nobody' });
  await refresh(rules);
  lines.length = 0;
  renameSync(root, `${root}-away`);
  await refresh(rules);
  await refresh(rules);
  renameSync(`${root}-away`, root);
  expect(said()).toEqual(['warn: access.yml cannot be looked at; its rules are as they were']);
  expect(seen(rules, 'archive/old/1.tif')).toBe('forbidden');
});

it('an image that is not there has its neighbour named', async () => {
  const rules = inForce({ 'maps/aa.tif': 'nobody' });
  await rules.refresh();
  expect(said()[0]).toMatch(/there is no folder "maps\/aa\.tif".*was "maps\/a\.tif" meant\?$/);
});
