import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './load.ts';
import type { FolderSetting } from './patterns.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-patterns-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function load(value: unknown): readonly FolderSetting[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return loadConfig({ IMAGE_DIR: folder, DATA_DIR: folder, ACCESS_PATTERNS: text }).patterns;
}

/** What is wrong, a line a problem. */
function problems(value: unknown): string[] {
  try {
    load(value);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, text }) => `${variable}: ${text}`);
  }
}

describe('ACCESS_PATTERNS', () => {
  it('gives no folder a pattern where it is not set', () => {
    for (const value of ['', '{}']) expect(load(value)).toEqual([]);
  });

  it.each(['open', 'login', 'clickthrough', 'denied'])('takes %s as a word, and as an object', (pattern) => {
    const expected = [{ folder: ['maps'], pattern, addresses: [], tier: undefined }];
    expect(load({ maps: pattern })).toEqual(expected);
    expect(load({ maps: { pattern } })).toEqual(expected);
    expect(load({ maps: { pattern, tier: 600 } })).toEqual([{ ...expected[0], tier: 600 }]);
  });

  it.each(['kiosk', 'external'])('takes %s with the places where it is', (pattern) => {
    const addresses = ['10.1.0.0/16', '192.0.2.7', '2001:db8::/32', '::1', '::ffff:10.2.0.0/112'];
    expect(load({ room: { pattern, addresses } })).toEqual([{ folder: ['room'], pattern, addresses, tier: undefined }]);
  });

  it('takes folders in folders, and names of any script', () => {
    const paths = ['a', 'a/b/c', 'Fotos Köln/Zoo 1', '地图', 'a.b'];
    expect(load(Object.fromEntries(paths.map((path) => [path, 'open']))).map((one) => one.folder.join('/'))).toEqual(
      paths,
    );
  });

  it.each([
    ['{', 'not a JSON object'],
    ['maps=open', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"open"', 'not a JSON object'],
    ['["maps"]', 'not a JSON object'],
    [{ maps: 'opne' }, '"maps" has to be one of open, login, clickthrough, kiosk, external, denied'],
    [{ maps: 'OPEN' }, '"maps" has to be one of'],
    [{ maps: null }, '"maps" has to be one of'],
    [{ maps: {} }, '"maps" has to be one of'],
    [{ maps: { pattern: 'login', teir: 600 } }, '"maps" Unrecognized key: "teir"'],
    [{ maps: { pattern: 'login', tier: 15 } }, '"maps" tier'],
    [{ maps: { pattern: 'login', tier: 10_001 } }, '"maps" tier'],
    [{ maps: { pattern: 'login', tier: 600.5 } }, '"maps"'],
    [{ maps: { pattern: 'login', tier: '600' } }, '"maps"'],
    [{ '': 'open' }, '"" is not the path of a folder'],
    [{ 'maps/': 'open' }, '"maps/" is not the path of a folder'],
    [{ '/maps': 'open' }, '"/maps" is not the path of a folder'],
    [{ 'a//b': 'open' }, '"a//b" is not the path of a folder'],
    [{ 'a!b': 'open' }, '"a!b" is not the path of a folder'],
    [{ '..': 'open' }, '".." is not the path of a folder'],
    [{ 'a/../b': 'open' }, '"a/../b" is not the path of a folder'],
    [{ 'a/.b': 'open' }, '"a/.b" is not the path of a folder'],
  ])('refuses %j, and says what is wrong and how it is written', (value, what) => {
    const form = 'Give JSON: {"folder": "pattern"} or {"folder": {"pattern": …, "addresses": […], "tier": …}}';
    expect(problems(value)).toEqual([expect.stringContaining(`${form} (${what}`)]);
    expect(problems(value)[0]).toMatch(/^ACCESS_PATTERNS: /);
  });

  it.each([
    '10.1.0.0/33',
    '10.1.0',
    '10.1.0.0/',
    '10.1.0.0/-1',
    '10.1.0.0/8/8',
    '2001:db8::/129',
    'localhost',
    '',
    '*',
    ' 10.1.0.1',
    'fe80::1%eth0',
  ])('refuses the address %j', (address) => {
    const wrong = problems({ room: { pattern: 'kiosk', addresses: ['10.1.0.1', address] } });
    expect(wrong).toEqual([expect.stringContaining('("room" addresses 1 is not an IP address or network)')]);
  });

  it('refuses a place that is nowhere, and an address where no place is meant; each by its folder', () => {
    const value = {
      a: 'kiosk',
      b: { pattern: 'external', addresses: [] },
      c: { pattern: 'login', addresses: ['10.1.0.1'] },
      d: { pattern: 'open', addresses: ['10.1.0.1'] },
    };
    expect(
      problems(value)
        .join('\n')
        .match(/the \w+ of "\w"/g),
    ).toEqual(['the kiosk of "a"', 'the external of "b"', 'the login of "c"', 'the open of "d"']);
  });

  it.each([
    ['{"maps": "denied", "a": {"pattern": "login", "tier": 600}, "maps": "open"}', 'maps'],
    ['{"a/b" : "denied", "a\\/b": "open"}', 'a/b'],
    ['{"Caf\u00e9": "denied", "Cafe\u0301": "open"}', 'Cafe\u0301'],
    ['{"__proto__": "denied"}', '__proto__'],
  ])('refuses %s, of which not all would be in force', (text, name) => {
    expect(problems(text)).toEqual([
      `ACCESS_PATTERNS: ${JSON.stringify(text)}: "${name}" is named twice, or cannot be named: only one of its patterns would count.`,
    ]);
  });

  it('takes for twice only what is', () => {
    const text = '{"a": {"pattern": "login"}, "b": {"pattern": "login"}, "c \\"a\\":": "open", "pattern": "open"}';
    expect(load(text).map(({ folder }) => folder.join('/'))).toEqual(['a', 'b', 'c "a":', 'pattern']);
  });
});
