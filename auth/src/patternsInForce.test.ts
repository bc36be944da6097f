import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decide } from './access/decide.ts';
import { RuleTree } from './access/ruleTree.ts';
import { anonymous } from './access/subject.ts';
import type { FolderSetting } from './config/patterns.ts';
import { Catalogue } from './images/catalogue/catalogue.ts';
import { PatternsInForce } from './patternsInForce.ts';

let root: string;
let lines: string[];
beforeEach(() => {
  lines = [];
  root = mkdtempSync(join(tmpdir(), 'vitrine-in-force-'));
  for (const folder of ['maps/atlas', 'archive/old', 'Cafe\u0301']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'maps', 'a.tif'), '');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function inForce(folders: Record<string, FolderSetting['pattern']>): PatternsInForce {
  const settings = Object.entries(folders).map(([path, pattern]) => ({
    folder: path.split('/'),
    pattern,
    addresses: [],
    tier: undefined,
    variable: 'ACCESS_PATTERNS',
  }));
  const say = (level: string) => (_: object, message: string) => void lines.push(`${level}: ${message}`);
  const log = { warn: say('warn'), info: say('info') };
  return new PatternsInForce(settings, new Catalogue(root), log, (rules) => new RuleTree(rules));
}

const reader = { ...anonymous, kind: 'user', id: '1', active: true, roles: [] } as const;
const seen = (patterns: PatternsInForce, path: string): string =>
  decide(reader, { kind: 'image', path: path.split('/') }, patterns.rules).kind;

it.each([
  ['mpas', 'mpas', '; was "maps" meant?'],
  ['Maps', 'Maps', '; was "maps" meant?'],
  ['maps/atals', 'maps/atals', '; was "maps/atlas" meant?'],
  ['mpas/atlas', 'mpas', '; was "maps" meant?'],
  ['theses', 'theses', ''],
])('%s names nothing: said once, with what was probably meant', async (name, missing, meant) => {
  const patterns = inForce({ [name]: 'denied' });
  await patterns.refresh();
  await patterns.refresh();
  expect(lines).toEqual([
    `warn: there is no folder "${missing}" in IMAGE_DIR: what ACCESS_PATTERNS says of it holds for nothing${meant}`,
  ]);
});

it('nothing is said of what is there, accents in whichever way, folder or file', async () => {
  await inForce({ maps: 'denied', 'maps/atlas': 'open', 'Caf\u00e9': 'denied', 'maps/a.tif': 'denied' }).refresh();
  expect(lines).toEqual([]);
});

it('a folder that vanishes is said, and that it is there again; each once', async () => {
  const patterns = inForce({ maps: 'denied', 'maps/atlas': 'login' });
  await patterns.refresh();
  renameSync(join(root, 'maps'), join(root, 'mapz'));
  await patterns.refresh();
  await patterns.refresh();
  renameSync(join(root, 'mapz'), join(root, 'maps'));
  await patterns.refresh();
  await patterns.refresh();
  expect(lines).toEqual([
    expect.stringMatching(/^warn: there is no folder "maps" in IMAGE_DIR.*; was "mapz" meant\?$/),
    'info: the folder "maps" is there again',
  ]);
});

it('the pattern of a link holds for where it leads, and for where it leads next', async () => {
  symlinkSync('archive/old', join(root, 'reading'));
  const patterns = inForce({ reading: 'denied' });
  expect(seen(patterns, 'archive/old/1.tif')).toBe('allowed');
  await patterns.refresh();
  expect(seen(patterns, 'archive/old/1.tif')).toBe('forbidden');
  expect(seen(patterns, 'archive/1.tif')).toBe('allowed');
  unlinkSync(join(root, 'reading'));
  symlinkSync('maps', join(root, 'reading'));
  await patterns.refresh();
  expect([seen(patterns, 'archive/old/1.tif'), seen(patterns, 'maps/a.tif')]).toEqual(['allowed', 'forbidden']);
  expect(lines).toEqual([
    'info: "reading" is a link: what ACCESS_PATTERNS says of it holds for the folder "archive/old"',
    'info: "reading" is a link: what ACCESS_PATTERNS says of it holds for the folder "maps"',
  ]);
});

it('a folder that was moved and left a link behind stays closed', async () => {
  const patterns = inForce({ 'maps/atlas': 'denied' });
  await patterns.refresh();
  renameSync(join(root, 'maps', 'atlas'), join(root, 'archive', 'atlas'));
  symlinkSync('../archive/atlas', join(root, 'maps', 'atlas'));
  await patterns.refresh();
  expect(seen(patterns, 'archive/atlas/1.tif')).toBe('forbidden');
});

it('what is said of a folder by its own name comes first', async () => {
  symlinkSync('maps', join(root, 'link'));
  const patterns = inForce({ link: 'open', maps: 'denied' });
  await patterns.refresh();
  expect(seen(patterns, 'maps/a.tif')).toBe('forbidden');
});

it('while the disk does not answer all stays as it was, in silence', async () => {
  symlinkSync('archive/old', join(root, 'reading'));
  const patterns = inForce({ reading: 'denied' });
  await patterns.refresh();
  lines.length = 0;
  renameSync(root, `${root}-away`);
  await patterns.refresh();
  renameSync(`${root}-away`, root);
  expect(lines).toEqual([]);
  expect(seen(patterns, 'archive/old/1.tif')).toBe('forbidden');
});
