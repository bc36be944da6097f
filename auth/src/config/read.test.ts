import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { read } from './read.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-read-'));
  file = join(folder, 'secret');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it.each(['secret\n', 'secret\r\n', 'secret'])('A secret is read from its file, without the line break: %j', (text) => {
  writeFileSync(file, text);
  expect(read('AUTH_SECRET_KEY', { AUTH_SECRET_KEY_FILE: file })).toStrictEqual({
    is: 'set',
    value: 'secret',
    origin: 'file',
  });
});

it('Only one line break is cut, and no space', () => {
  writeFileSync(file, ' secret \n\n');
  expect(read('AUTH_SECRET_KEY', { AUTH_SECRET_KEY_FILE: file })).toMatchObject({ value: ' secret \n' });
});

it('A secret that is set twice is wrong', () => {
  writeFileSync(file, 'secret');
  expect(read('AUTH_SECRET_KEY', { AUTH_SECRET_KEY: 'x', AUTH_SECRET_KEY_FILE: file })).toStrictEqual({
    is: 'wrong',
    variable: 'AUTH_SECRET_KEY',
    text: 'AUTH_SECRET_KEY_FILE is set too. Keep one of the two.',
  });
});

it('A file that is empty or missing is wrong, and is named', () => {
  writeFileSync(file, '\n');
  for (const path of [file, join(folder, 'gone'), folder]) {
    expect(read('AUTH_DB_CONNECTION', { AUTH_DB_CONNECTION_FILE: path })).toMatchObject({
      is: 'wrong',
      variable: 'AUTH_DB_CONNECTION_FILE',
      text: expect.stringContaining(path) as string,
    });
  }
});

it('What is no secret is not read from files', () => {
  expect(read('VIRTUAL_HOST', { VIRTUAL_HOST_FILE: join(folder, 'gone') })).toStrictEqual({ is: 'unset' });
});
