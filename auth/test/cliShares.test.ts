import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
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
const add = (...line: string[]) => cli('share', 'add', ...line);
const SEMINAR = ['A seminar', '--until', '2099-07-01T00:00Z', '--people', '30'];
const listed = async () => JSON.parse((await cli('share', 'list', '--json')).out) as Record<string, unknown>[];
async function trail() {
  const file = join(folder, 'auth.db');
  const database = await openDatabase({ type: 'sqlite', file }, { warn: () => undefined });
  const events = await database.audit.list(10, 0);
  await database.close();
  return events.map(({ action, actor, target }) => [action, actor, target]).reverse();
}

describe('vitrine share', () => {
  it('makes a link, which alone is on standard output, and lists it without its secret', async () => {
    const { code, out, err } = await add(...SEMINAR, '--sees', '600', 'maps');
    expect([code, out]).toEqual([0, expect.stringMatching(/^http[^ ]*\/auth\/share#[\w-]{43}\n$/)]);
    expect(err).toMatch(
      /the share link "A seminar" sees a picture of 600 pixels of maps, until 2099-0.*, for 30 people\. It is not shown again/,
    );
    const table = (await cli('share', 'list')).out.split('\n').map((line) => line.split(/ {2,}/).slice(1, 7));
    expect(table).toEqual([
      ['NAME', 'FOLDER', 'SEES', 'UNTIL', 'PEOPLE', 'LAST USED'],
      ['A seminar', 'maps', '600', '2099-07-01 00:00:00Z', '0 of 30', 'never'],
      [],
    ]);
    const [json] = await listed();
    expect(json).toMatchObject({ name: 'A seminar', folder: 'maps', sees: 600, people: 30, used: 0 });
    expect(JSON.stringify(json)).not.toContain(out.trim().split('#')[1]);
  });

  it('revokes one by its id; both are in the audit trail', async () => {
    await add(...SEMINAR, '.');
    const id = String((await listed())[0]?.['id']);
    expect(await cli('share', 'revoke', id)).toMatchObject({
      code: 0,
      err: 'The share link "A seminar" is revoked.\n',
    });
    expect(await cli('share', 'revoke', id)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`no share link ${id}`) as string,
    });
    expect(await listed()).toEqual([]);
    expect(await trail()).toEqual([
      [
        'share.add',
        'cli',
        expect.stringMatching(/^the share link "A seminar" sees all of \., until 2099-07-01.*30 people/),
      ],
      ['share.revoke', 'cli', `A seminar (${id})`],
    ]);
  });

  it.each([
    [['x', '--people', '3', 'maps'], 2, /when the link is over/],
    [['x', '--until', '2099-01-01', 'maps'], 2, /how many may open/],
    [['x', '--until', '2099-01-01', '--people', 'many', 'maps'], 2, /many is not a number/],
    [['x', '--until', '2099-01-01', '--people', '3', '--sees', 'much', 'maps'], 2, /neither full nor/],
    [['x', '--until', '2099-01-01', '--people', '0', 'maps'], 1, /between 1 and 10000/],
    [['x', '--until', '2001-01-01', '--people', '3', 'maps'], 1, /has to be in the future/],
    [['x', '--until', '2099-01-01', '--people', '3', 'mops'], 1, /no "mops" below the folder of images/],
    [['x', '--until', '2099-01-01', '--people', '3', 'atlas'], 1, /"atlas" is a link, and opens nothing: name "maps"/],
  ])('refuses what is wrong: %s', async (line, status, words) => {
    const { code, out, err } = await add(...line);
    expect([code, out]).toEqual([status, '']);
    expect(err).toMatch(words);
  });

  it('explain says what a link opens, and what it lacks elsewhere', async () => {
    await add(...SEMINAR, 'maps');
    const id = String((await listed())[0]?.['id']);
    const explain = async (...line: string[]) => (await cli('explain', '--share', id, ...line)).out;
    const there = await explain('maps/1.tif');
    expect(there.split('\n')[0]).toMatch(
      /^maps\/1.tif, anonymous with the share link "A seminar", .*: allowed, until 2099-07-01/,
    );
    expect(there).toMatch(/\n\nthe share link "A seminar" sees all of maps, until 2099-07-01.*: met\n/);
    expect(await explain('letters/1.tif')).toMatch(/not allowed yet: log in\n\n.*: missing: the folder\n/);
    expect(await explain('--at', '2099-07-02', 'maps/1.tif')).toMatch(/not allowed yet.*\n\n.*: missing: the time\n/);
    expect((await cli('explain', '--share', 'other', 'maps/1.tif')).err).toMatch(/There is no share link other/);
  });
});
