import { expect, test } from 'vitest';
import { makeRule, type Rule } from '../access/rules.ts';
import { readAccessValue } from './accessFile.ts';
import { writtenRule } from './writtenRule.ts';

const GRANTS = [
  'everyone',
  'users',
  { roles: ['staff', 'guest'] },
  { users: ['anna@example.org'], networks: ['10.1.0.0/16'] },
  { users: 'any', roles: ['staff'] },
  { gesture: 'kiosk', networks: ['10.1.0.0/16'] },
  { gesture: 'agreement' },
];

function rulesOf(rule: unknown): readonly Rule[] {
  const file = readAccessValue({ folders: { maps: rule } }, 'a file');
  if (file.kind === 'wrong') throw new Error(JSON.stringify(file.faults));
  return file.rules;
}

test.each(
  GRANTS.flatMap((who) => [[{ who }], [{ who, sees: 600, from: '2027-04-01', until: '2027-07-01T18:00+02:00' }]]),
)('%j is the same rule when what is written of it is read again', (grant) => {
  const [rule = makeRule({ where: [], grants: [] })] = rulesOf([grant]);
  expect(rulesOf(writtenRule(rule))).toEqual([rule]);
});

test.each([
  { offer: 'clickthrough', grants: [{ who: { roles: 'staff' } }, { who: { gesture: 'agreement' } }] },
  { grants: 'users', reason: { en: 'Why', de: 'Warum' }, texts: { note: 'N', heading: { de: 'H' } } },
  { grants: 'nobody', manifest: 'protected', request: true },
  { grants: 'everyone', manifest: 'open' },
])('%j is the same rule, with its words and its terms', (written) => {
  const [rule = makeRule({ where: [], grants: [] })] = rulesOf(written);
  expect(rulesOf(JSON.parse(JSON.stringify(writtenRule(rule))))).toEqual([rule]);
});
