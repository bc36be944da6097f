import { describe, expect, it } from 'vitest';
import { decide, explain, hasTier } from './decide.ts';
import { folderRule } from './folderRule.ts';
import type { Resource } from './resource.ts';
import { EVERYONE, makeRule, type GivenGrant } from './rules.ts';
import { RuleTree } from './ruleTree.ts';
import { anonymous, type Subject } from './subject.ts';

const NOW = Date.UTC(2026, 10, 1);
const page: Resource = { kind: 'image', path: ['atlas', 'page1.tif'] };
const reader: Subject = { ...anonymous, kind: 'user', id: 'r', email: 'r@example.org', active: true, roles: [] };
const disabledReader: Subject = { ...reader, active: false, roles: ['admin'] };
const inTheRoom = { ...anonymous, address: '10.1.2.3' };

const atlas = (grants: readonly GivenGrant[], more: Partial<Parameters<typeof makeRule>[0]> = {}): RuleTree =>
  new RuleTree([makeRule({ name: 'of the atlas', where: ['atlas'], grants, ...more })]);
const see = (subject: Subject, rules: RuleTree, now = NOW) => decide(subject, page, rules, now);

describe('decide, where no rule is', () => {
  const none = new RuleTree([]);

  it('allows an active user', () => {
    expect(see(reader, none)).toEqual({ kind: 'allowed', rule: 'active users see everything' });
  });

  it('asks a visitor who is not logged in to log in', () => {
    const locked = { kind: 'locked', rule: 'no rule allows it', pattern: 'login', tier: undefined };
    expect(see(anonymous, none)).toEqual(locked);
  });

  it('forbids a disabled user, whatever their roles', () => {
    expect(see(disabledReader, none)).toEqual({ kind: 'forbidden', rule: 'no rule allows it', tier: undefined });
  });
});

describe('decide, by the closest rule', () => {
  const open = folderRule({ name: 'the folder "open" is for all', where: ['open'], access: 'open' });
  const closed = folderRule({ name: 'closed for now', where: [], access: 'denied' });
  const resource: Resource = { kind: 'image', path: ['open', 'a.tif'] };

  it('in whichever order they are written', () => {
    for (const rules of [
      [open, closed],
      [closed, open],
    ]) {
      const tree = new RuleTree(rules);
      expect(decide(anonymous, resource, tree, NOW)).toEqual({ kind: 'allowed', rule: open.name });
      expect(see(reader, tree)).toEqual({ kind: 'forbidden', rule: closed.name, tier: undefined });
    }
  });

  it('and of two for the same folder by the first', () => {
    const shut = folderRule({ name: 'shut', where: ['open'], access: 'denied' });
    expect(decide(anonymous, resource, new RuleTree([open, shut]), NOW).rule).toBe(open.name);
    expect(decide(anonymous, resource, new RuleTree([shut, open]), NOW).rule).toBe('shut');
  });
});

describe('decide, by who it is', () => {
  it('a folder is for users of a role', () => {
    const rules = atlas([{ who: { roles: ['estate', 'staff'] } }]);
    expect(see(anonymous, rules)).toMatchObject({ kind: 'locked', pattern: 'login' });
    expect(see(reader, rules).kind).toBe('forbidden');
    expect(see({ ...reader, roles: ['other'] }, rules).kind).toBe('forbidden');
    expect(see({ ...reader, roles: ['staff'] }, rules).kind).toBe('allowed');
    expect(see({ ...reader, roles: ['staff'], active: false }, rules).kind).toBe('forbidden');
  });

  it('or for users by their names', () => {
    const rules = atlas([{ who: { names: ['r@example.org'] } }]);
    expect(see(reader, rules).kind).toBe('allowed');
    expect(see({ ...reader, email: 's@example.org' }, rules).kind).toBe('forbidden');
    expect(see({ ...reader, active: false }, rules).kind).toBe('forbidden');
  });

  it('of several grants one is enough: the staff, or whoever is in the reading room', () => {
    const rules = atlas([{ who: { roles: ['staff'] } }, { who: { networks: ['10.1.0.0/16'] } }]);
    expect(see({ ...reader, roles: ['staff'] }, rules)).toEqual({ kind: 'allowed', rule: 'of the atlas' });
    expect(see(inTheRoom, rules)).toEqual({ kind: 'allowed', rule: 'of the atlas', byPlace: true });
    expect(see({ ...reader, roles: ['staff'], address: '10.1.2.3' }, rules)).not.toHaveProperty('byPlace');
    expect(see(anonymous, rules)).toMatchObject({ kind: 'locked', pattern: 'login' });
  });

  it('of one grant all has to be met: the staff, as long as they are in the reading room', () => {
    const rules = atlas([{ who: { roles: ['staff'], networks: ['10.1.0.0/16'] } }]);
    const staff = { ...reader, roles: ['staff'] };
    expect(see({ ...staff, address: '10.1.2.3' }, rules)).toEqual({ kind: 'allowed', rule: 'of the atlas' });
    expect(see(staff, rules).kind).toBe('forbidden');
    expect(see(inTheRoom, rules)).toMatchObject({ kind: 'locked', pattern: 'login' });
  });

  it('offers the pattern that the rule prefers, if it can be come by', () => {
    const grants = [{ who: { roles: ['staff'] } }, { who: { gesture: 'agreement' as const }, until: NOW + 1 }];
    expect(see(anonymous, atlas(grants))).toMatchObject({ pattern: 'login' });
    expect(see(anonymous, atlas(grants, { pattern: 'clickthrough' }))).toMatchObject({ pattern: 'clickthrough' });
    expect(see(anonymous, atlas(grants, { pattern: 'clickthrough' }), NOW + 1)).toMatchObject({ pattern: 'login' });
  });
});

describe('decide, by the time', () => {
  const rules = atlas([{ who: EVERYONE, from: NOW, until: NOW + 10 }]);

  it('a grant counts from its beginning, until just before its end', () => {
    expect(see(anonymous, rules, NOW - 1).kind).toBe('forbidden');
    expect(see(anonymous, rules, NOW)).toEqual({ kind: 'allowed', rule: 'of the atlas', until: NOW + 10 });
    expect(see(anonymous, rules, NOW + 9).kind).toBe('allowed');
    expect(see(anonymous, rules, NOW + 10).kind).toBe('forbidden');
  });

  it('the end is that of the grant that lasts longest', () => {
    const both = atlas([
      { who: EVERYONE, until: NOW + 10 },
      { who: { users: true }, until: NOW + 20 },
    ]);
    expect(see(anonymous, both)).toMatchObject({ until: NOW + 10 });
    expect(see(reader, both)).toMatchObject({ until: NOW + 20 });
    expect(see(reader, atlas([{ who: EVERYONE, until: NOW + 10 }, { who: { users: true } }]))).not.toHaveProperty(
      'until',
    );
  });
});

describe('decide, by the size', () => {
  const rules = atlas([
    { who: EVERYONE, pixels: 300 },
    { who: { gesture: 'agreement' }, pixels: 1200 },
    { who: { roles: ['staff'] } },
  ]);
  const ofTier = (subject: Subject, tier: number, now = NOW) => decide(subject, { ...page, tier }, rules, now).kind;
  const agreed = { ...anonymous, agreed: true };

  it('each sees the largest that is granted', () => {
    expect(see(anonymous, rules)).toMatchObject({ kind: 'locked', pattern: 'login', tier: 300 });
    expect(see(agreed, rules)).toMatchObject({ kind: 'locked', pattern: 'login', tier: 1200 });
    expect(see({ ...reader, agreed: true }, rules)).toMatchObject({ kind: 'forbidden', tier: 1200 });
    expect(see({ ...reader, roles: ['staff'] }, rules).kind).toBe('allowed');
  });

  it('and smaller ones with it', () => {
    expect([300, 1200].map((tier) => ofTier(anonymous, tier))).toEqual(['allowed', 'locked']);
    expect([300, 1200].map((tier) => ofTier(agreed, tier))).toEqual(['allowed', 'allowed']);
    expect([300, 1200].map((tier) => ofTier({ ...reader, roles: ['staff'] }, tier))).toEqual(['allowed', 'allowed']);
    expect(decide(anonymous, { ...page, tier: 1200 }, rules, NOW)).toMatchObject({ pattern: 'login', tier: 300 });
  });

  it('there is a tier of each size that the rule names, as long as the whole image is not for everybody', () => {
    const there = (tree: RuleTree) => [299, 300, 1200].filter((tier) => hasTier(anonymous, page, tier, tree, NOW));
    expect(there(rules)).toEqual([300, 1200]);
    expect(there(atlas([{ who: EVERYONE }, { who: EVERYONE, pixels: 300 }]))).toEqual([]);
    expect(there(atlas([{ who: EVERYONE, pixels: 300, until: NOW }]))).toEqual([]);
    expect(there(new RuleTree([]))).toEqual([]);
  });
});

describe('decide, where a link is on the way', () => {
  const rules = new RuleTree([
    makeRule({ name: 'open', where: ['open'], grants: [{ who: EVERYONE, until: NOW + 9 }] }),
    makeRule({ name: 'closed', where: ['closed'], grants: [] }),
    makeRule({ name: 'small', where: ['small'], grants: [{ who: EVERYONE, pixels: 300 }] }),
    makeRule({ name: 'smaller', where: ['smaller'], grants: [{ who: EVERYONE, pixels: 200 }] }),
    makeRule({ name: 'room', where: ['room'], grants: [{ who: { networks: ['10.1.0.0/16'] } }] }),
    makeRule({ name: 'all', where: [], grants: [] }),
  ]);
  const at = (real: string, named: string) => ({ kind: 'image' as const, path: [real, '1'], named: [named, 'x', '1'] });
  const seen = (subject: Subject, real: string, named: string) => decide(subject, at(real, named), rules, NOW);

  it('both rules have to allow it', () => {
    expect(seen(anonymous, 'open', 'closed')).toMatchObject({ kind: 'forbidden', rule: 'closed' });
    expect(seen(anonymous, 'closed', 'open')).toMatchObject({ kind: 'forbidden', rule: 'closed' });
    expect(seen(inTheRoom, 'room', 'open')).toEqual({ kind: 'allowed', rule: 'room', byPlace: true, until: NOW + 9 });
    expect(seen(anonymous, 'open', 'room')).toMatchObject({ kind: 'locked', rule: 'room', pattern: 'external' });
  });

  it('a rule of the name counts only where it is not one that is overruled', () => {
    expect(seen(anonymous, 'open', 'elsewhere')).toMatchObject({ kind: 'allowed', rule: 'open' });
    expect(explain(anonymous, at('open', 'elsewhere'), rules, NOW).steps.map(({ rule }) => rule.name)).toEqual([
      'open',
      'all',
      'active users see everything',
    ]);
  });

  it('a tier is there where one of both names it, and seen where both allow it', () => {
    expect(seen(anonymous, 'small', 'open')).toMatchObject({ kind: 'forbidden', tier: 300 });
    expect(seen(anonymous, 'open', 'small')).toMatchObject({ kind: 'forbidden', tier: 300 });
    expect(seen(anonymous, 'small', 'closed')).toMatchObject({ kind: 'forbidden', tier: undefined });
    expect(seen(anonymous, 'small', 'smaller')).toMatchObject({ kind: 'forbidden', tier: undefined });
    expect(hasTier(anonymous, at('open', 'small'), 300, rules, NOW)).toBe(true);
    expect(hasTier(anonymous, at('open', 'closed'), 300, rules, NOW)).toBe(false);
  });

  it('is explained by the rules of both', () => {
    const { steps } = explain(anonymous, at('open', 'closed'), rules, NOW);
    expect(steps.filter(({ decides }) => decides).map(({ rule }) => rule.name)).toEqual(['open', 'closed']);
  });
});

describe('decide, where a smaller picture is for some only', () => {
  const rules = atlas([{ who: { roles: ['staff'] }, pixels: 600 }]);

  it('who may come by it is offered the way to it', () => {
    expect(see(anonymous, rules)).toMatchObject({ kind: 'locked', pattern: 'login', tier: undefined });
    expect(see({ ...reader, roles: ['staff'] }, rules)).toMatchObject({ kind: 'forbidden', tier: 600 });
    expect(see(reader, rules)).toMatchObject({ kind: 'forbidden', tier: undefined });
  });
});

describe('explain', () => {
  const rules = [
    folderRule({ where: ['maps'], access: 'login' }),
    makeRule({
      name: 'the map room',
      where: ['maps', 'room'],
      grants: [
        { who: { gesture: 'kiosk', networks: ['10.1.0.0/16'] } },
        { who: { names: ['k@example.org'], roles: ['staff'] }, until: NOW },
        { who: EVERYONE, pixels: 600 },
      ],
    }),
  ];

  it('names each rule that holds for a place, the closest first, and what the subject lacks for each of its grants', () => {
    const path = ['maps', 'room', '1.tif'];
    const { decision, steps } = explain(anonymous, { kind: 'image', path }, new RuleTree(rules), NOW);
    expect(decision).toEqual({ kind: 'locked', rule: 'the map room', pattern: 'kiosk', tier: 600 });
    expect(steps.map(({ rule, grants }) => [rule.name, grants.map(({ failed }) => failed)])).toEqual([
      [
        'the map room',
        [['a kiosk', 'the network'], ['the time', 'a login', 'an active account', 'the name', 'a role'], []],
      ],
      ['the folder "maps" is login', [['a login', 'an active account']]],
      ['active users see everything', [['a login', 'an active account']]],
    ]);
  });
});
