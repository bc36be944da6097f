import { expect, test } from 'vitest';
import { effectOf, type Probe } from './effect.ts';
import { EVERYONE, makeRule, type GivenGrant } from './rules.ts';
import { RuleTree } from './ruleTree.ts';

const NOW = Date.parse('2027-01-01');
const LATER = Date.parse('2027-07-01');
const WHERE = ['estate'];

function changed(before: readonly GivenGrant[] | undefined, after: readonly GivenGrant[] | undefined) {
  const tree = (grants: readonly GivenGrant[] | undefined) =>
    new RuleTree(grants === undefined ? [] : [makeRule({ where: WHERE, grants })]);
  const rolesOf = (name: string) => (name === 'anna@example.org' ? ['staff'] : []);
  const effects = effectOf([...WHERE, '1.tif'], { before: tree(before), after: tree(after) }, rolesOf, NOW);
  return effects.map(({ probe, since, alsoUsers, ...sees }) => ({
    who: `${whoIs(probe)}${alsoUsers ? ' and users' : ''}`,
    ...sees,
    ...(since !== undefined && { since: new Date(since).toISOString().slice(0, 10) }),
  }));
}

function whoIs({ user, ...rest }: Probe): string {
  return (
    [...(user ? ['user'] : []), ...Object.values(rest).filter((one) => one !== undefined)].join(' at ') || 'public'
  );
}

test('a folder that is closed takes from all users', () => {
  expect(changed(undefined, [])).toEqual([{ who: 'user', before: Infinity, after: 0 }]);
});

test('a role gains, the public loses', () => {
  expect(changed([{ who: EVERYONE }], [{ who: EVERYONE, pixels: 600 }, { who: { roles: ['staff'] } }])).toEqual([
    { who: 'public and users', before: Infinity, after: 600 },
  ]);
  expect(changed([{ who: EVERYONE, pixels: 600 }], [{ who: { roles: ['staff', 'guest'] } }])).toEqual([
    { who: 'public and users', before: 600, after: 0 },
    { who: 'staff', before: 600, after: Infinity },
    { who: 'guest', before: 600, after: Infinity },
  ]);
});

test('a user who has a role anyway is not named', () => {
  const names = ['anna@example.org', 'ben@example.org'];
  expect(changed([{ who: { roles: ['staff'] } }], [{ who: { roles: ['staff'] } }, { who: { names } }])).toEqual([
    { who: 'ben@example.org', before: 0, after: Infinity },
  ]);
});

test('conditions that have to be met together are met together', () => {
  const who = { roles: ['staff'], networks: ['10.1.0.0/16', '10.2.0.0/16'] };
  expect(changed([], [{ who }, { who: { gesture: 'kiosk', networks: ['10.1.0.0/16'] } }])).toEqual([
    { who: 'staff at 10.1.0.0/16', before: 0, after: Infinity },
    { who: 'staff at 10.2.0.0/16', before: 0, after: Infinity },
    { who: '10.1.0.0/16 at kiosk', before: 0, after: Infinity },
  ]);
});

test('what is changed later only is told with its date', () => {
  expect(changed([{ who: EVERYONE }], [{ who: EVERYONE, until: LATER }])).toEqual([
    { who: 'public and users', before: Infinity, after: 0, since: '2027-07-01' },
  ]);
});

test('a rule that says the same changes nothing', () => {
  expect(changed(undefined, [{ who: { users: true } }])).toEqual([]);
});
