import { describe, expect, it } from 'vitest';
import { readAccessFile } from './accessFile.ts';
import { inWords } from './yamlFile.ts';

const read = (text: string) => readAccessFile(text, 'access.yml');

describe('what a rule says', () => {
  it('are a reason, texts that have a name or none, whether manifests are protected, and whether one can ask', () => {
    const file = read(`
texts:
  t: { note: { en: N, de: M } }
folders:
  a/b: { grants: users, texts: t, reason: R, manifest: protected, request: true }
  c: { grants: users, texts: { label: L } }
  d: { grants: everyone, request: false }
`);
    expect(file).toMatchObject({
      rules: [
        {
          manifest: 'protected',
          notice: { reason: { none: 'R' }, texts: { note: { en: 'N', de: 'M' } }, request: ['a', 'b'] },
        },
        { manifest: undefined, notice: { reason: undefined, texts: { label: { none: 'L' } }, request: undefined } },
        { notice: undefined },
      ],
    });
  });

  const rule = (rest: string): string => `folders:\n  a:\n    grants: users\n    ${rest}`;

  it.each([
    ['texts that nobody named', rule('texts: terms'), 'line 4, column 5: "terms" is not named below "texts:"'],
    [
      'a text that is empty',
      'texts:\n  t: { note: "" }\nfolders: {}',
      'line 2, column 8: "note" is empty: write what is meant, or leave it out',
    ],
    ['a text that is a number', rule('reason: { en: 7 }'), '"en" has to be a text: put it between quotes'],
    ['a text that is too long', rule(`reason: ${'x'.repeat(2001)}`), '"reason" is longer than 2000 characters'],
    ['a list', rule('reason: [x]'), '"reason" has to be a text, or texts by language: { en: …, de: … }'],
    ['no language', rule('reason: {}'), '"reason" has to be a text, or texts by language: { en: …, de: … }'],
    [
      'a language that is none',
      rule('reason: { english: x }'),
      'line 4, column 15: "english" is not a language tag: write en, or de-CH',
    ],
    ['a part of texts that there is not', rule('texts: { title: x }'), 'line 4, column 14: "title" is not known here'],
    ['neither open nor protected', rule('manifest: secret'), '"manifest" has to be open or protected'],
    ['neither true nor false', rule('request: maybe'), '"request" has to be true or false'],
  ])('%s is named, with its line and column', (_, text, fault) => {
    const file = read(text);
    expect(file.kind === 'wrong' && file.faults.map(inWords)).toEqual([expect.stringContaining(fault)]);
  });
});
