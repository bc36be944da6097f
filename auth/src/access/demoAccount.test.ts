import { expect, test } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_ROLE } from './demoAccount.ts';
import { decide } from './decide.ts';
import { folderRule } from './folderRule.ts';
import type { Rule } from './rules.ts';
import { RuleTree } from './ruleTree.ts';
import { anonymous, type Subject } from './subject.ts';

const guest: Subject = {
  ...anonymous,
  address: '192.0.2.1',
  agreed: true,
  kind: 'user',
  id: 'demo',
  email: 'demo@localhost',
  active: true,
  roles: [DEMO_ROLE],
};
const see = (subject: Subject, path: string, rules: readonly Rule[] = []) =>
  decide(subject, { kind: 'image', path: path.split('/') }, new RuleTree(rules, { confined: DEMO_ACCOUNTS }), 0).kind;

test('the account of the demonstration sees its folder, and nothing that is not open to everybody outside of it', () => {
  expect(see(guest, 'demo/login/login.tif')).toBe('allowed');
  expect(see(guest, 'maps/island.tif')).toBe('forbidden');
  expect(see(guest, 'demo.tif')).toBe('forbidden');
});

test('outside, a folder for users offers its login to the account of the demonstration', () => {
  expect(see(guest, 'maps/island.tif', [folderRule({ where: ['maps'], access: 'login' })])).toBe('locked');
});

test('other accounts are as they were, also outside', () => {
  expect(see({ ...guest, roles: [] }, 'maps/island.tif')).toBe('allowed');
});

test('that it agreed is still true outside', () => {
  expect(see(guest, 'maps/island.tif', [folderRule({ where: [], access: 'clickthrough' })])).toBe('allowed');
});
