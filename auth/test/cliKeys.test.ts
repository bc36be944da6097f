import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../src/database/open.ts';
import { runCli } from './support/cli.ts';

let folder: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-cli-'));
  const images = join(folder, 'images');
  for (const name of ['maps', 'letters']) mkdirSync(join(images, name), { recursive: true });
  symlinkSync('maps', join(images, 'atlas'));
  env = { DATA_DIR: folder, IMAGE_DIR: images, IMAGE_SERVER: 'iipsrv', PYRAMIDS_URL: 'http://127.0.0.1:1' };
  return () => {
    rmSync(folder, { recursive: true });
  };
});
const cli = (...line: string[]) => runCli(env, line);
const add = (...line: string[]) => cli('key', 'add', ...line);
async function trail() {
  const file = join(folder, 'auth.db');
  const database = await openDatabase({ type: 'sqlite', file }, { warn: () => undefined });
  const events = await database.audit.list(10, 0);
  await database.close();
  return events.map(({ action, actor, target }) => [action, actor, target]).reverse();
}

describe('vitrine key', () => {
  it('makes one: the secret alone on standard output, once, and in no file', async () => {
    const { code, out, err } = await add(
      'harvester',
      '--until',
      '2099-07-01T00:00Z',
      '--sees',
      '600',
      'maps',
      'letters',
    );
    expect([code, out]).toEqual([0, expect.stringMatching(/^vitrine_[\w-]{43}\n$/)]);
    expect(err).toMatch(/the key "harvester" sees a picture of 600 pixels of maps, letters, until 2099-0/);
    const secret = out.trim().slice('vitrine_'.length);
    for (const name of ['auth.db', 'auth.db-wal']) {
      const content = (() => {
        try {
          return readFileSync(join(folder, name), 'latin1');
        } catch {
          return '';
        }
      })();
      expect(content).not.toContain(secret);
    }
    expect((await cli('key', 'list')).out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ['NAME', 'FOLDERS', 'SEES', 'UNTIL', 'LAST USED'],
      ['harvester', 'maps, letters', '600', '2099-07-01 00:00:00Z', 'never'],
      [''],
    ]);
    const [json] = JSON.parse((await cli('key', 'list', '--json')).out) as object[];
    expect(json).toMatchObject({ name: 'harvester', folders: ['maps', 'letters'], sees: 600 });
    expect(JSON.stringify(json)).not.toContain('hash');
  });

  it('revokes one; both are in the audit trail', async () => {
    await add('harvester', '--until', '2099-07-01', '.');
    expect(await cli('key', 'revoke', 'harvester')).toMatchObject({
      code: 0,
      err: 'The key "harvester" is revoked.\n',
    });
    expect(await cli('key', 'revoke', 'harvester')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no key') as string,
    });
    expect(JSON.parse((await cli('key', 'list', '--json')).out)).toEqual([]);
    expect(await trail()).toEqual([
      ['key.add', 'cli', expect.stringMatching(/^the key "harvester" sees all of \., until 2099-07-01/)],
      ['key.revoke', 'cli', 'harvester'],
    ]);
  });

  it.each([
    [['k', 'maps'], 2, /when the key is over/],
    [['k', '--until', 'soon', 'maps'], 2, /soon is not a date/],
    [['k', '--until', '2099-01-01', '--sees', 'much', 'maps'], 2, /neither full nor/],
    [['k', '--until', '2099-01-01'], 2, /Something is missing/],
    [['k', '--until', '2001-01-01', 'maps'], 1, /has to be in the future/],
    [['k', '--until', '2099-01-01', '--sees', '0', 'maps'], 1, /from 16 to 10000/],
    [['k', '--until', '2099-01-01', 'mops'], 1, /no "mops" below the folder of images/],
    [['k', '--until', '2099-01-01', 'atlas'], 1, /"atlas" is a link, and opens nothing: name "maps"/],
    [['k', '--until', '2099-01-01', '/maps'], 1, /"\/maps" is not the path/],
  ])('refuses what is wrong: %s', async (line, status, words) => {
    const { code, out, err } = await add(...line);
    expect([code, out]).toEqual([status, '']);
    expect(err).toMatch(words);
  });

  it('explain says what a key opens, and what it lacks elsewhere', async () => {
    await add('harvester', '--until', '2099-07-01', 'maps');
    const explain = async (...line: string[]) => (await cli('explain', '--key', 'harvester', ...line)).out;
    const there = await explain('maps/1.tif');
    expect(there.split('\n')[0]).toMatch(
      /^maps\/1.tif, anonymous with the key "harvester", .*: allowed, until 2099-07-01/,
    );
    expect(there).toMatch(/\n\nthe key "harvester" sees all of maps, until 2099-07-01.*: met\n/);
    expect(await explain('letters/1.tif')).toMatch(/not allowed yet: log in\n\n.*: missing: the folder\n/);
    expect(await explain('--at', '2099-07-02', 'maps/1.tif')).toMatch(/not allowed yet.*\n\n.*: missing: the time\n/);
    expect((await cli('explain', '--key', 'other', 'maps/1.tif')).err).toMatch(/There is no key called "other"/);
  });
});
