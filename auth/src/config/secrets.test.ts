import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptSecret } from './secrets.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-secrets-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('A secret is made once, for its owner alone, and read from then on', () => {
  const first = keptSecret(folder, 'AUTH_SECRET_KEY');
  expect(first).toStrictEqual({ ok: true, value: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(keptSecret(folder, 'AUTH_SECRET_KEY')).toStrictEqual(first);
  expect(readdirSync(folder)).toStrictEqual(['auth-secret-key']);
  expect(statSync(join(folder, 'auth-secret-key')).mode & 0o777).toBe(0o600);
});

it('Two variables get two secrets', () => {
  expect(keptSecret(folder, 'AUTH_PASSWORD_SALT')).not.toStrictEqual(keptSecret(folder, 'AUTH_SECRET_KEY'));
});

it('Services that start at once agree on one secret', { timeout: 30_000 }, async () => {
  const room = new URL('./secrets.ts', import.meta.url).href;
  // All of them wait for the same moment, then look.
  const script = `
    const { keptSecret } = await import(${JSON.stringify(room)});
    while (Date.now() < Number(process.argv[2])) {}
    console.log(keptSecret(process.argv[1], 'AUTH_SECRET_KEY').value);`;
  const moment = String(Date.now() + 1000);
  const run = promisify(execFile);
  const starts = Array.from({ length: 4 }, () =>
    run(process.execPath, ['--input-type=module', '-e', script, folder, moment]),
  );
  const values = new Set((await Promise.all(starts)).map(({ stdout }) => stdout));
  expect([...values]).toStrictEqual([readFileSync(join(folder, 'auth-secret-key'), 'utf8')]);
  expect(readdirSync(folder)).toStrictEqual(['auth-secret-key']);
});

it.each(['', 'abc\n', `${'a'.repeat(63)}\n`, `${'a'.repeat(63)}\0`])(
  'A damaged file is named, never replaced: %j',
  (text) => {
    const file = join(folder, 'auth-secret-key');
    writeFileSync(file, text);
    expect(keptSecret(folder, 'AUTH_SECRET_KEY')).toStrictEqual({
      ok: false,
      message: expect.stringContaining(`${file} is damaged`) as string,
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

it('A secret that cannot be kept or read is a problem with a way out', () => {
  mkdirSync(join(folder, 'auth-secret-key'));
  for (const place of [folder, join(folder, 'gone')]) {
    expect(keptSecret(place, 'AUTH_SECRET_KEY')).toStrictEqual({
      ok: false,
      message: expect.stringMatching(/auth-secret-key cannot be read or made .*Set AUTH_SECRET_KEY\.$/) as string,
    });
  }
  expect(readdirSync(folder)).toStrictEqual(['auth-secret-key']);
});
