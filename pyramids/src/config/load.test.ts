import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './load.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyramids-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Environment = Record<string, string>;
const load = (env: Environment = {}) => loadConfig({ IMAGE_DIR: folder, PYRAMIDS_DIR: folder, ...env });

/** What is wrong, a line a problem. */
function problems(env: Environment): string[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').map((line) => line.trim());
  }
}

it('needs nothing but its two folders', () => {
  expect(load()).toStrictEqual({
    listen: { address: '0.0.0.0', port: 8081 },
    images: folder,
    pyramids: folder,
    size: undefined,
    imageServer: 'iipsrv',
    quality: 87,
    dotsPerInch: 200,
    maxPixels: 1_000_000_000,
    logLevel: 'info',
  });
});

it('takes an empty value for an unset one', () => {
  expect(load({ PYRAMIDS_SIZE: '', PYRAMID_QUALITY: '', LOG_LEVEL: '' })).toStrictEqual(load());
});

it('makes folders absolute', () => {
  expect(load({ IMAGE_DIR: relative('.', folder) }).images).toBe(folder);
});

it.each([
  ['0', 0],
  ['500m', 500 * 2 ** 20],
  ['2G', 2 * 2 ** 30],
])('PYRAMIDS_SIZE=%s is %d bytes', (PYRAMIDS_SIZE, size) => {
  expect(load({ PYRAMIDS_SIZE }).size).toBe(size);
});

it('lists everything that is wrong, with what to do', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const wrong = {
    IMAGE_DIR: join(folder, 'nothing'),
    PYRAMIDS_DIR: file,
    PYRAMIDS_BIND: 'localhost',
    PYRAMIDS_PORT: '0',
    IMAGE_SERVER: 'cantaloupe',
    PYRAMID_QUALITY: '101',
    PYRAMIDS_SIZE: '5t',
    PDF_DPI: '1e3',
    MAX_PIXELS: 'many',
    LOG_LEVEL: 'loud',
  };
  expect(problems(wrong)).toStrictEqual([
    'The service pyramids cannot start, its configuration is wrong:',
    `IMAGE_DIR: "${wrong.IMAGE_DIR}": There is no such folder. Create it or correct the path.`,
    `PYRAMIDS_DIR: "${file}": This is not a folder. Name the folder, not a file in it.`,
    'PYRAMIDS_BIND: "localhost": Give an IP address of this computer.',
    'PYRAMIDS_PORT: "0": Give a whole number from 1 to 65535.',
    'IMAGE_SERVER: "cantaloupe": Write iipsrv or digilib.',
    'PYRAMID_QUALITY: "101": Give a whole number from 1 to 100.',
    'PYRAMIDS_SIZE: "5t": Give 0, or a number followed by m (megabytes) or g (gigabytes).',
    'PDF_DPI: "1e3": Give a whole number from 36 to 1200.',
    'MAX_PIXELS: "many": Give a whole number from 1000000 to 10000000000.',
    'LOG_LEVEL: "loud": Write fatal, error, warn, info, debug or trace.',
  ]);
});

it('a folder that cannot be written to is named', () => {
  const [, line] = problems({ PYRAMIDS_DIR: '/proc/self' });
  expect(line).toMatch(
    /^PYRAMIDS_DIR: "\/proc\/self": .* may not write there \(E[A-Z]+\)\. Give that user the permission\.$/,
  );
});
