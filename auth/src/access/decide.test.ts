import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { Resource } from './resource.ts';
import { rules, type Rule } from './rules.ts';
import { anonymous, type Subject } from './subject.ts';

const now = new Date('2026-11-22T12:00:00Z');
const page: Resource = { kind: 'image', path: ['atlas', 'page1.tif'] };
const reader: Subject = { kind: 'user', id: 'r', active: true, roles: [] };
const disabledReader: Subject = { kind: 'user', id: 'd', active: false, roles: ['admin'] };

describe('decide, with the rules of the first release', () => {
  it('allows an active user', () => {
    expect(decide(reader, page, rules, now)).toEqual({ kind: 'allowed', rule: 'active users see everything' });
  });

  it('asks a visitor who is not logged in to log in', () => {
    expect(decide(anonymous, page, rules, now)).toEqual({ kind: 'login-required' });
  });

  it('forbids a disabled user, whatever his roles', () => {
    expect(decide(disabledReader, page, rules, now)).toEqual({ kind: 'forbidden', rule: 'no rule allows it' });
  });
});

describe('decide, with rules of one’s own', () => {
  const open: Rule = {
    name: 'the folder "open" is for all',
    judge: (_, r) => (r.path[0] === 'open' ? 'allow' : undefined),
  };
  const closed: Rule = { name: 'closed on Sundays', judge: (_, __, at) => (at.getUTCDay() === 0 ? 'deny' : undefined) };

  it('lets the first rule that speaks decide', () => {
    const resource: Resource = { kind: 'image', path: ['open', 'a.tif'] };
    expect(decide(anonymous, resource, [open, closed], now)).toEqual({ kind: 'allowed', rule: open.name });
    expect(decide(reader, resource, [closed, open], now)).toEqual({ kind: 'forbidden', rule: closed.name });
  });

  it('says no where there are no rules at all', () => {
    expect(decide(reader, page, [], now)).toEqual({ kind: 'forbidden', rule: 'no rule allows it' });
  });
});
