// What is wrong with a rule is refused with the name of what is wrong, in a file, by the command line and in the panel alike.
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { panelUnderTest } from './support/panel.ts';
import { RuleFolder } from './support/ruleFolder.ts';

let folder: RuleFolder;
let keep: (place: string, rule: string) => Promise<string>;
beforeAll(async () => {
  folder = await RuleFolder.make();
  const panel = panelUnderTest();
  const { cookie } = await panel.logIn('root@museum.test', ['admin']);
  keep = async (place, rule) => {
    const asked = request(panel.app)
      .post('/auth/admin/api/resources/rules/actions/keep')
      .set('Cookie', cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    const { body } = await asked.field('place', place).field('rule', rule).field('seen', '');
    return JSON.stringify(body);
  };
});
afterAll(() => {
  folder.remove();
});

/** What is said where a rule of a place is written. */
const inFile = async (place: string, rule: string): Promise<string> => {
  folder.write('next.yml', `folders:\n  ${JSON.stringify(place)}: ${rule}\n`);
  return (await folder.cli('rules', 'check', join(folder.images, 'next.yml'))).err;
};
const byCommand = async (place: string, rule: string): Promise<string> =>
  (await folder.cli('rules', 'set', place, rule)).err;

describe.each([
  [
    'an end before the start',
    'estate',
    '[{ who: everyone, from: 2027-07-01, until: 2027-06-01 }]',
    /until.* has to be later than/,
  ],
  [
    'an end that is the start',
    'estate',
    '[{ who: everyone, from: 2027-07-01, until: 2027-07-01 }]',
    /until.* has to be later than/,
  ],
  ['a day that no calendar has', 'estate', '[{ who: everyone, until: 2027-02-30 }]', /until.* is not a date/],
  [
    'a range that is none',
    'estate',
    '[{ who: { networks: 10.1.0.0/99 } }]',
    /10\.1\.0\.0\/99.* is neither an IP address or network/,
  ],
  ['a size of 0', 'estate', '[{ who: everyone, sees: 0 }]', /sees.* has to be full, or pixels/],
  ['a size below nothing', 'estate', '[{ who: everyone, sees: -600 }]', /sees.* has to be full, or pixels/],
  ['a word for whom', 'estate', '[{ who: staff }]', /who.* has to be everyone, users.*; probably \{ roles: staff \}/],
  ['a grant that is no list', 'estate', '{ who: everyone }', /estate.* has to be a list: put a dash before the grant/],
  ['a key that is named twice', 'estate', '[{ who: everyone, sees: 600, sees: 300 }]', /named twice|must be unique/],
  ['an alias', 'estate', '[&a { who: everyone }, *a]', /alias/i],
  ['an identifier for a place', 'maps!atlas', 'nobody', /is not the path of a folder.*; probably maps\/atlas/],
])('%s', (_, place, rule, words) => {
  it.each([
    ['in a file', inFile],
    ['by the command line', byCommand],
    ['in the panel', (...written: [string, string]) => keep(...written)],
  ])('%s', async (_where, write) => {
    expect((await write(place, rule)).replaceAll('\\"', '"')).toMatch(words);
  });
});

it('a name in its two spellings is one name', async () => {
  folder.write('next.yml', 'folders:\n  caf\u00e9: nobody\n  cafe\u0301: users\n');
  expect((await folder.cli('rules', 'check', join(folder.images, 'next.yml'))).err).toContain('is named twice');
  expect((await folder.cli('rules', 'import', join(folder.images, 'next.yml'))).err).toContain('is named twice');
  await folder.cli('rules', 'set', 'caf\u00e9', 'nobody');
  expect((await folder.cli('rules', 'set', 'cafe\u0301', 'users')).err).toContain('is named twice');
});

it('a file without rules takes none away unless that is said', async () => {
  await folder.cli('rules', 'set', 'maps/old', 'nobody');
  folder.write('empty.yml', 'folders: {}\n');
  const empty = join(folder.images, 'empty.yml');
  expect(await folder.cli('rules', 'import', empty)).toMatchObject({
    code: 1,
    err: expect.stringContaining('Write --yes') as string,
  });
  expect((await folder.cli('rules', 'export')).out).toContain('maps/old: nobody');
  expect((await folder.cli('rules', 'import', '--yes', empty)).code).toBe(0);
  expect((await folder.cli('rules', 'export')).out).toBe('folders: {}\n');
});

it('who reads what a command writes may go', () => {
  const main = join(import.meta.dirname, '../src/cli/main.ts');
  const line = '"$0" "$1" rules list | true; echo "${PIPESTATUS[0]}"';
  const { stdout, stderr } = spawnSync('bash', ['-c', line, process.execPath, main], {
    env: { ...process.env, ...folder.env },
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual(['0\n', '']);
});
