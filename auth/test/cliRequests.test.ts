// vitrine request: what people ask for, answered from the command line.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { runCli } from './support/cli.ts';

const ID = '0123456789abcdef';
let env: Record<string, string>;
let database: Database;

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-cli-'));
  mkdirSync(join(folder, 'estate'));
  env = { DATA_DIR: folder, IMAGE_DIR: folder, IMAGE_SERVER: 'iipsrv' };
  database = await openDatabase({ type: 'sqlite', file: join(folder, 'auth.db') }, { warn: () => undefined });
  const who = { name: 'A student', email: 'a@example.org', reason: 'A thesis.\nOn letters.', language: 'en' as const };
  await database.requests.insert({ id: ID, place: 'estate', ...who, createdAt: new Date(0), state: 'open' });
  return async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  };
});
const cli = (...line: string[]) => runCli(env, ['request', ...line]);

describe('vitrine request', () => {
  it('lists what is asked for', async () => {
    expect((await cli('list')).out).toContain(
      `${ID}  1970-01-01 00:00:00Z  open   estate  A student  a@example.org  A thesis. On letters.`,
    );
    expect(JSON.parse((await cli('list', '--json')).out)).toMatchObject([{ id: ID, state: 'open' }]);
  });

  it('grants until a date, once', async () => {
    const { code, out, err } = await cli('grant', ID, '--until', '2126-07-01');
    expect(code).toBe(0);
    expect(out).toMatch(/^http:\/\/localhost\/auth\/share#[\w-]{43}\n$/);
    expect(err).toContain('write to a@example.org yourself');
    expect(await database.audit.list(1, 0)).toMatchObject([
      { action: 'request.grant', target: 'a@example.org: estate' },
    ]);
    expect(await cli('refuse', ID)).toMatchObject({ code: 1, err: 'vitrine: This request was answered already.\n' });
  });

  it('refuses, and says what is missing', async () => {
    expect((await cli('grant', ID)).code).toBe(2);
    expect((await cli('grant', 'ffff', '--until', '2126-07-01')).err).toContain('There is no request ffff.');
    expect((await cli('refuse', ID, '--say', 'It is closed.')).err).toContain(
      'The request of a@example.org is refused.',
    );
    expect(await database.requests.find(ID)).toMatchObject({ state: 'refused' });
  });
});
