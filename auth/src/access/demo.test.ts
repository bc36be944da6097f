import { expect, test } from 'vitest';
import { besideDemo, DEMO_ROLE } from './demo.ts';
import { decide } from './decide.ts';
import { rules } from './rules.ts';
import type { Subject } from './subject.ts';

const guest: Subject = {
  kind: 'user',
  id: 'demo',
  active: true,
  roles: [DEMO_ROLE],
  address: '192.0.2.1',
  agreed: true,
  atKiosk: false,
};
const now = new Date();
const see = (subject: Subject, ...path: string[]) =>
  decide(subject, { kind: 'image', path }, besideDemo(rules), now).kind;

test('the account of the demonstration sees its folder, and nothing that is not open to everybody outside of it', () => {
  expect(see(guest, 'demo', 'login', 'login.tif')).toBe('allowed');
  expect(see(guest, 'maps', 'island.tif')).toBe('forbidden');
  expect(see(guest, 'demo.tif')).toBe('forbidden');
});

test('other accounts are as they were, also outside', () => {
  expect(see({ ...guest, roles: [] }, 'maps', 'island.tif')).toBe('allowed');
});

test('that it agreed is still true outside', () => {
  const [rule] = besideDemo([{ name: 'terms', judge: (subject) => (subject.agreed ? 'allow' : 'deny') }]);
  expect(rule?.judge(guest, { kind: 'image', path: ['maps', 'island.tif'] }, now)).toBe('allow');
});
