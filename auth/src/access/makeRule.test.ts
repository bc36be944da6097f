import { expect, it } from 'vitest';
import { makeRule } from './rules.ts';

it('A rule cannot be changed once it is made, nor by what it was made of', () => {
  const networks = ['10.1.0.0/16'];
  const rule = makeRule({ where: ['room'], access: 'external', networks });
  networks.length = 0;
  expect(rule.networks).toEqual(['10.1.0.0/16']);
  for (const part of [rule, rule.where, rule.roles, rule.networks]) expect(Object.isFrozen(part)).toBe(true);
});

it('A rule with a network that is none is not made', () => {
  expect(() => makeRule({ where: ['room'], access: 'kiosk', networks: ['10.1.0.0/99'] })).toThrow('10.1.0.0/99');
});
