import { expect, it } from 'vitest';
import { makeRule, type GivenGrant } from './rules.ts';
import { SharedGrants } from './sharedGrants.ts';

const rule = (where: string, ...grants: GivenGrant[]) => makeRule({ where: [where], grants });

it('makes equal grants one, and nothing else', () => {
  const shared = new SharedGrants();
  const staff: GivenGrant = { who: { roles: ['staff'] }, pixels: 600, until: 5 };
  const [one, other] = [rule('a', staff), rule('b', staff)];
  expect(shared.in(one)).toBe(one);
  expect(shared.in(other)).toEqual(other);
  expect(shared.in(other).grants).toBe(one.grants);
});

it.each<[string, GivenGrant]>([
  ['another size', { who: {}, pixels: 600 }],
  ['another beginning', { who: {}, from: 0 }],
  ['another end', { who: {}, until: 0 }],
  ['no beginning ever', { who: {}, from: Infinity }],
  ['others', { who: { names: ['u@example.org'] } }],
])('does not take %s for the same', (_, grant) => {
  const shared = new SharedGrants();
  shared.in(rule('a', { who: {} }));
  const other = rule('b', grant);
  expect(shared.in(other)).toBe(other);
});
