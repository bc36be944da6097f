import { expect, it } from 'vitest';
import { folderRule } from '../access/folderRule.ts';
import { RuleTree } from '../access/ruleTree.ts';
import { readAccessTest, unmetOf, type Expectation } from './accessTest.ts';
import { inWords } from './yamlFile.ts';

const rules = new RuleTree([
  folderRule({ where: ['maps'], access: 'open' }),
  folderRule({ where: ['small'], access: 'denied', tier: 300 }),
]);

const asked = (expectations: readonly Expectation[]) =>
  expectations.map((expectation) => {
    const { what } = expectation;
    return { expectation, place: { kind: 'image' as const, path: what === '.' ? [] : what.split('/') } };
  });

it('says of each expectation that is not met its number, and what is seen', () => {
  const file = readAccessTest(`
- { who: anonymous, what: maps, sees: full }
- { who: anonymous, what: maps/a.tif, sees: nothing }
- { who: user, what: small, sees: 300 }
- { who: user, what: small, sees: 600 }
- { who: { user: Anna@example.org }, what: ., sees: full }
`);
  if (file.kind === 'wrong') throw new Error(file.faults.map(inWords).join('\n'));
  expect(unmetOf(asked(file.expectations), rules, 0).map(({ number, sees }) => [number, sees])).toEqual([
    [2, Infinity],
    [4, 300],
  ]);
});

it.each([
  ['[]', 'line 1, column 1: expects nothing'],
  ['', 'line 1, column 1: it has to be a list: - { who: anonymous, what: maps, sees: full }'],
  [
    '- {}',
    'line 1, column 3: "who" has to be anonymous, user, or { user: …, roles: [...], from: …, agreed: true, kiosk: true, key: { folders: … }, shares: { folder: … } }',
  ],
  [
    '- { who: user, what: x, sees: al }',
    'line 1, column 25: "sees" has to be full, nothing, or pixels on the longer side',
  ],
  ['- { who: { from: here }, what: x, sees: full }', 'line 1, column 12: "from" is not an IP address'],
  [
    '- { who: user, what: x, sees: full, at: soon }',
    'line 1, column 37: "at" is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00',
  ],
  ['- { who: user, what: x, sees: full, when: soon }', 'line 1, column 37: "when" is not known here'],
])('%s is none', (text, fault) => {
  const file = readAccessTest(text);
  expect(file.kind === 'wrong' && file.faults.map(inWords)[0]).toBe(fault);
});
