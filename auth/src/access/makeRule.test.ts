import { expect, it } from 'vitest';
import { makeRule } from './rules.ts';

it('A rule cannot be changed once it is made, nor by what it was made of', () => {
  const networks = ['10.1.0.0/16'];
  const rule = makeRule({ where: ['room'], grants: [{ who: { networks } }] });
  networks.length = 0;
  const [grant] = rule.grants;
  expect(grant?.who.networks).toEqual(['10.1.0.0/16']);
  for (const part of [rule, rule.where, rule.grants, grant, grant?.who, grant?.who.roles, grant?.who.networks]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

it('A rule with a network that is none is not made', () => {
  expect(() => makeRule({ where: ['room'], grants: [{ who: { networks: ['10.1.0.0/99'] } }] })).toThrow('10.1.0.0/99');
});

it.each([
  [
    'a login before a place',
    [{ who: {} }, { who: { networks: ['10.1.0.0/16'] } }, { who: { roles: ['staff'] } }],
    'login',
  ],
  ['the only one', [{ who: {} }, { who: { networks: ['10.1.0.0/16'] } }], 'external'],
  [
    'one of the whole image',
    [{ who: { gesture: 'agreement' }, pixels: 600 }, { who: { names: ['a@example.org'] } }],
    'login',
  ],
  ['a login where there is none', [], 'login'],
] as const)('The pattern of a rule is %s', (_, grants, pattern) => {
  expect(makeRule({ where: [], grants: [...grants] }).pattern).toBe(pattern);
});
