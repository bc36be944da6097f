import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, explain } from './decide.ts';
import type { Resource } from './resource.ts';
import { makeRule, rules as ownRules, type Rule } from './rules.ts';
import { RuleTree } from './ruleTree.ts';
import { anonymous, type Subject } from './subject.ts';

const shipped = new RuleTree(ownRules);
const page: Resource = { kind: 'image', path: ['atlas', 'page1.tif'] };
const reader: Subject = { ...anonymous, kind: 'user', id: 'r', active: true, roles: [] };
const disabledReader: Subject = { ...anonymous, kind: 'user', id: 'd', active: false, roles: ['admin'] };

describe('decide, with the rules of the first release', () => {
  it('allows an active user', () => {
    expect(decide(reader, page, shipped)).toEqual({ kind: 'allowed', rule: 'active users see everything' });
  });

  it('asks a visitor who is not logged in to log in', () => {
    expect(decide(anonymous, page, shipped)).toEqual({
      kind: 'locked',
      rule: 'no rule allows it',
      pattern: 'login',
      tier: undefined,
    });
  });

  it('forbids a disabled user, whatever their roles', () => {
    expect(decide(disabledReader, page, shipped)).toEqual({
      kind: 'forbidden',
      rule: 'no rule allows it',
      tier: undefined,
    });
  });
});

describe('decide, with rules of one’s own', () => {
  const open = makeRule({ name: 'the folder "open" is for all', where: ['open'], access: 'open' });
  const closed = makeRule({ name: 'closed for now', where: [], access: 'denied' });
  const resource: Resource = { kind: 'image', path: ['open', 'a.tif'] };

  it('lets the closest rule decide, in whichever order they are written', () => {
    for (const rules of [
      [open, closed],
      [closed, open],
    ]) {
      const tree = new RuleTree(rules);
      expect(decide(anonymous, resource, tree)).toEqual({ kind: 'allowed', rule: open.name });
      expect(decide(reader, page, tree)).toEqual({ kind: 'forbidden', rule: closed.name, tier: undefined });
    }
  });

  it('lets the first of two for the same folder decide', () => {
    const shut = makeRule({ name: 'shut', where: ['open'], access: 'denied' });
    expect(decide(anonymous, resource, new RuleTree([open, shut])).rule).toBe(open.name);
    expect(decide(anonymous, resource, new RuleTree([shut, open])).rule).toBe('shut');
  });

  it('keeps a folder for users of a role', () => {
    const tree = new RuleTree([makeRule({ where: ['atlas'], access: 'login', roles: ['estate', 'staff'] })]);
    expect(decide(anonymous, page, tree)).toMatchObject({ kind: 'locked', pattern: 'login' });
    expect(decide(reader, page, tree).kind).toBe('forbidden');
    expect(decide({ ...reader, roles: ['other'] }, page, tree).kind).toBe('forbidden');
    expect(decide({ ...reader, roles: ['staff'] }, page, tree).kind).toBe('allowed');
    expect(decide({ ...reader, roles: ['staff'], active: false }, page, tree).kind).toBe('forbidden');
  });
});

describe('explain', () => {
  const rules = [
    makeRule({ where: ['maps'], access: 'login', roles: ['staff'] }),
    makeRule({ where: ['maps', 'room'], access: 'kiosk', networks: ['10.1.0.0/16'], tier: 600 }),
  ];

  it('names each rule that holds for a place, the closest first, with what the subject lacks for it', () => {
    const { decision, steps } = explain(
      anonymous,
      { kind: 'image', path: ['maps', 'room', '1.tif'] },
      new RuleTree(rules),
    );
    expect(decision).toEqual({ kind: 'locked', rule: 'the folder "maps/room" is kiosk', pattern: 'kiosk', tier: 600 });
    expect(steps.map(({ rule, failed }) => [rule.name, failed])).toEqual([
      ['the folder "maps/room" is kiosk', ['a kiosk', 'the network']],
      ['the folder "maps" is login', ['a login', 'an active account', 'a role']],
      ['active users see everything', ['a login', 'an active account']],
    ]);
  });
});

describe('whatever the rules are', () => {
  const part = fc.constantFrom('a', 'b', 'e\u0301', '\u00e9');
  const path = fc.array(part, { maxLength: 4 });
  const rule = fc.record({
    where: path,
    access: fc.constantFrom<Rule['access']>('open', 'login', 'clickthrough', 'kiosk', 'external', 'denied'),
    roles: fc.subarray(['staff', 'estate']),
    networks: fc.subarray(['10.1.0.0/16', '2001:db8::/32']),
    tier: fc.option(fc.integer({ min: 16, max: 10_000 }), { nil: undefined }),
  });
  const nfc = (where: readonly string[]): string => where.join('/').normalize('NFC');
  /** For each folder one. */
  const rules = fc
    .uniqueArray(rule, { selector: ({ where }) => nfc(where), maxLength: 12 })
    .map((all) => all.map(makeRule));
  const circumstances = {
    address: fc.constantFrom('10.1.0.1', '2001:db8::1', '192.0.2.7', ''),
    forAnotherSite: fc.boolean(),
    agreed: fc.boolean(),
    atKiosk: fc.boolean(),
  };
  const subject: fc.Arbitrary<Subject> = fc.oneof(
    fc.record({ kind: fc.constant('anonymous' as const), ...circumstances }),
    fc.record({
      kind: fc.constant('user' as const),
      id: fc.constant('u'),
      active: fc.boolean(),
      roles: fc.subarray(['staff', 'other']),
      ...circumstances,
    }),
  );
  const of = (path: readonly string[]): Resource => ({ kind: 'image', path });
  const holdsFor = (where: readonly string[], path: readonly string[]): boolean =>
    `${nfc(path)}/`.startsWith(where.length === 0 ? '' : `${nfc(where)}/`);

  it('the closest one decides', () => {
    fc.assert(
      fc.property(rules, subject, path, (all, who, where) => {
        const [closest] = all
          .filter((one) => holdsFor(one.where, where))
          .sort((a, b) => b.where.length - a.where.length);
        const alone = closest === undefined ? new RuleTree([]) : new RuleTree([closest]);
        expect(decide(who, of(where), new RuleTree(all))).toEqual(decide(who, of(where), alone));
      }),
    );
  });

  it('their order makes no difference', () => {
    fc.assert(
      fc.property(rules, fc.infiniteStream(fc.nat()), subject, path, (all, keys, who, where) => {
        const shuffled = all
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => Number(a.key) - Number(b.key));
        const tree = new RuleTree(shuffled.map(({ one }) => one));
        expect(decide(who, of(where), tree)).toEqual(decide(who, of(where), new RuleTree(all)));
      }),
    );
  });

  it('decide and explain never disagree', () => {
    fc.assert(
      fc.property(rules, subject, path, (all, who, where) => {
        const tree = new RuleTree(all);
        const { decision, steps } = explain(who, of(where), tree);
        expect(decision).toEqual(decide(who, of(where), tree));
        expect(decision.kind === 'allowed').toBe(steps[0]?.failed.length === 0);
        expect(steps.slice(0, -1).map(({ rule }) => rule)).toEqual(
          all.filter((one) => holdsFor(one.where, where)).sort((a, b) => b.where.length - a.where.length),
        );
      }),
    );
  });

  it('where there is none, active users see everything, and others nothing', () => {
    fc.assert(
      fc.property(subject, path, (who, where) => {
        const { kind } = decide(who, of(where), new RuleTree([]));
        if (who.kind === 'anonymous') expect(kind).toBe('locked');
        else expect(kind).toBe(who.active ? 'allowed' : 'forbidden');
      }),
    );
  });
});
