import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { Resource } from './resource.ts';
import { rules, type Rule } from './rules.ts';
import { anybody, type Subject } from './subject.ts';

const now = new Date('2026-11-22T12:00:00Z');
const page: Resource = { kind: 'image', path: ['atlas', 'page1.tif'] };
const reader: Subject = { ...anybody, kind: 'user', id: 'r', active: true, roles: [] };
const disabledReader: Subject = { ...anybody, kind: 'user', id: 'd', active: false, roles: ['admin'] };

describe('decide, with the rules of the first release', () => {
  it('allows an active user', () => {
    expect(decide(reader, page, rules, now)).toEqual({ kind: 'allowed', rule: 'active users see everything' });
  });

  it('asks a visitor who is not logged in to log in', () => {
    expect(decide(anybody, page, rules, now)).toEqual({
      kind: 'locked',
      rule: 'no rule allows it',
      pattern: 'login',
      tier: undefined,
    });
  });

  it('forbids a disabled user, whatever his roles', () => {
    expect(decide(disabledReader, page, rules, now)).toEqual({
      kind: 'forbidden',
      rule: 'no rule allows it',
      tier: undefined,
    });
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
    expect(decide(anybody, resource, [open, closed], now)).toEqual({ kind: 'allowed', rule: open.name });
    expect(decide(reader, resource, [closed, open], now)).toEqual({
      kind: 'forbidden',
      rule: closed.name,
      tier: undefined,
    });
  });

  it('says no where there are no rules at all', () => {
    expect(decide(reader, page, [], now)).toEqual({ kind: 'forbidden', rule: 'no rule allows it', tier: undefined });
  });
});
