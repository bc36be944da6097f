import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, explain, hasTier } from './decide.ts';
import { decideOnMention } from './mention.ts';
import type { Resource } from './resource.ts';
import { makeRule, type GivenGrant, type Rule } from './rules.ts';
import { RuleTree } from './ruleTree.ts';
import type { Scope } from './scope.ts';
import type { Subject } from './subject.ts';

const part = fc.constantFrom('a', 'b', 'e\u0301', '\u00e9');
const path = fc.array(part, { maxLength: 4 });
const roles = fc.subarray(['staff', 'estate']);
const time = fc.integer({ min: 0, max: 9 });
const TIERS = [300, 600];

const who = fc.record({
  users: fc.boolean(),
  names: fc.subarray(['u@example.org', 'w@example.org'], { maxLength: 1 }),
  roles,
  networks: fc.subarray(['10.1.0.0/16', '2001:db8::/32'], { maxLength: 1 }),
  gesture: fc.constantFrom('agreement' as const, 'kiosk' as const, undefined, undefined),
});
const grant: fc.Arbitrary<GivenGrant> = fc.record(
  { who, pixels: fc.constantFrom(...TIERS, Infinity), from: time, until: time },
  { requiredKeys: ['who'] },
);
const rule = fc.record({ where: path, grants: fc.array(grant, { maxLength: 4 }) }).map((given) => makeRule(given));
const nfc = (where: readonly string[]): string => where.join('/').normalize('NFC');
/** For each folder one. */
const rules = fc.uniqueArray(rule, { selector: ({ where }) => nfc(where), maxLength: 12 });
const circumstances = {
  address: fc.constantFrom('10.1.0.1', '2001:db8::1', '192.0.2.7', ''),
  forAnotherSite: fc.boolean(),
  agreed: fc.boolean(),
  atKiosk: fc.boolean(),
  scopes: fc.constant([]),
};
const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.record({ kind: fc.constant('anonymous' as const), ...circumstances }),
  fc.record({
    kind: fc.constant('user' as const),
    id: fc.constant('u'),
    email: fc.constantFrom('u@example.org', 'v@example.org'),
    active: fc.boolean(),
    roles: fc.subarray(['staff', 'other']),
    ...circumstances,
  }),
);
const scopes: fc.Arbitrary<Scope[]> = fc.array(
  fc.record({
    name: fc.constantFrom('the key "k"', 'the share link "s"'),
    folders: fc.array(path, { maxLength: 3 }),
    pixels: fc.constantFrom(...TIERS, Infinity),
    until: time,
  }),
  { maxLength: 3 },
);

const of = (where: readonly string[]): Resource => ({ kind: 'image', path: where });
const holdsFor = (where: readonly string[], place: readonly string[]): boolean =>
  `${nfc(place)}/`.startsWith(where.length === 0 ? '' : `${nfc(where)}/`);
const countsAt = ({ folders, until }: Scope, place: readonly string[], now: number): boolean =>
  folders.some((folder) => holdsFor(folder, place)) && now < until;
const closestFirst = (all: readonly Rule[], place: readonly string[]): Rule[] =>
  all.filter((one) => holdsFor(one.where, place)).sort((a, b) => b.where.length - a.where.length);
/** Pixels on the longer side; 0 where nothing is seen. */
function seen(who: Subject, place: readonly string[], tree: RuleTree, now: number): number {
  if (decide(who, of(place), tree, now).kind === 'allowed') return Infinity;
  return Math.max(0, ...TIERS.filter((tier) => decide(who, { ...of(place), tier }, tree, now).kind === 'allowed'));
}

describe('whatever the rules are', () => {
  it('the closest one decides', () => {
    fc.assert(
      fc.property(rules, subject, path, time, (all, who, where, now) => {
        const alone = new RuleTree(closestFirst(all, where).slice(0, 1));
        expect(decide(who, of(where), new RuleTree(all), now)).toEqual(decide(who, of(where), alone, now));
      }),
    );
  });

  it('their order makes no difference, nor that of their grants', () => {
    fc.assert(
      fc.property(rules, fc.infiniteStream(fc.nat()), subject, path, time, (all, keys, who, where, now) => {
        const shuffled = <One>(list: readonly One[]): One[] =>
          list
            .map((one) => ({ one, key: keys.next().value }))
            .sort((a, b) => Number(a.key) - Number(b.key))
            .map(({ one }) => one);
        const tree = new RuleTree(
          shuffled(all.map(({ where: at, grants }) => makeRule({ where: at, grants: shuffled(grants) }))),
        );
        expect(decide(who, of(where), tree, now)).toEqual(decide(who, of(where), new RuleTree(all), now));
      }),
    );
  });

  it('one more grant takes nothing away', () => {
    fc.assert(
      fc.property(rules, grant, subject, path, time, (all, added, who, where, now) => {
        const [closest, ...others] = closestFirst(all, where);
        fc.pre(closest !== undefined);
        const more = makeRule({ ...closest, grants: [...closest.grants, added] });
        const [before, after] = [new RuleTree(all), new RuleTree([more, ...others])];
        expect(seen(who, where, after, now)).toBeGreaterThanOrEqual(seen(who, where, before, now));
      }),
    );
  });

  it('a tier that is offered is there, and seen; who sees the whole image sees each tier of it', () => {
    fc.assert(
      fc.property(rules, subject, path, time, (all, who, where, now) => {
        const tree = new RuleTree(all);
        const decision = decide(who, of(where), tree, now);
        const tiers = TIERS.filter((tier) => hasTier(who, of(where), tier, tree, now));
        const shown = tiers.filter((tier) => decide(who, { ...of(where), tier }, tree, now).kind === 'allowed');
        if (decision.kind === 'allowed') expect(shown).toEqual(tiers);
        else expect(decision.tier).toBe(shown.at(-1));
      }),
    );
  });

  it('a right ends when it is said to end, and not before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom({}, { users: true }), time)), subject, time, (all, who, now) => {
        const grants = all.map(([whoever, until]) => ({ who: whoever, until }));
        const tree = new RuleTree([makeRule({ where: [], grants })]);
        const decision = decide(who, of([]), tree, now);
        if (decision.kind !== 'allowed') return;
        const { until = NaN } = decision;
        expect(until).toBeGreaterThan(now);
        expect(decide(who, of([]), tree, until - 1).kind).toBe('allowed');
        expect(decide(who, of([]), tree, until).kind).not.toBe('allowed');
      }),
    );
  });

  it('decide and explain never disagree', () => {
    fc.assert(
      fc.property(rules, subject, path, time, (all, who, where, now) => {
        const { decision, steps } = explain(who, of(where), new RuleTree(all), now);
        expect(decision).toEqual(decide(who, of(where), new RuleTree(all), now));
        const met = steps[0]?.grants.some(
          ({ grant: { pixels }, failed }) => pixels === Infinity && failed.length === 0,
        );
        expect(decision.kind === 'allowed').toBe(met);
        expect(steps.slice(0, -1).map(({ rule: { name, where: at } }) => [name, nfc(at)])).toEqual(
          closestFirst(all, where).map(({ name, where: at }) => [name, nfc(at)]),
        );
      }),
    );
  });

  it('scopes take nothing away, and open nothing outside of themselves, or after their end', () => {
    fc.assert(
      fc.property(rules, subject, scopes, path, time, (all, who, given, where, now) => {
        const tree = new RuleTree(all);
        const [without, withThem] = [seen(who, where, tree, now), seen({ ...who, scopes: given }, where, tree, now)];
        const counting = given.filter((scope) => countsAt(scope, where, now));
        expect(withThem).toBe(Math.max(without, ...counting.map(({ pixels }) => pixels)));
        if (counting.length === 0) {
          expect(decide({ ...who, scopes: given }, of(where), tree, now)).toEqual(decide(who, of(where), tree, now));
        }
      }),
    );
  });

  it('the order of scopes makes no difference to what is seen, and until when', () => {
    fc.assert(
      fc.property(rules, subject, scopes, path, time, (all, who, given, where, now) => {
        const tree = new RuleTree(all);
        const { rule: _, ...decision } = decide({ ...who, scopes: given }, of(where), tree, now);
        expect(decide({ ...who, scopes: given.toReversed() }, of(where), tree, now)).toMatchObject(decision);
      }),
    );
  });

  it('what a scope opens ends when the last of them ends, and not before, unless it is open without', () => {
    fc.assert(
      fc.property(rules, subject, scopes, path, time, (all, who, given, where, now) => {
        const tree = new RuleTree(all);
        const decision = decide({ ...who, scopes: given }, of(where), tree, now);
        if (decision.kind !== 'allowed') return;
        const { until = Infinity } = decision;
        expect(until).toBeGreaterThan(now);
        const alone = decide(who, of(where), tree, now);
        const whole = given.filter((scope) => scope.pixels === Infinity && countsAt(scope, where, now));
        if (alone.kind !== 'allowed') expect(until).toBe(Math.max(...whole.map((scope) => scope.until)));
        else expect(until).toBeGreaterThanOrEqual(alone.until ?? Infinity);
      }),
    );
  });

  it('a tier by a scope is there, and seen; explain says of scopes what decide does with them', () => {
    fc.assert(
      fc.property(rules, subject, scopes, path, time, (all, somebody, given, where, now) => {
        const tree = new RuleTree(all);
        const who = { ...somebody, scopes: given };
        const { decision, scopes: judged } = explain(who, of(where), tree, now);
        expect(decision).toEqual(decide(who, of(where), tree, now));
        const tiers = TIERS.filter((tier) => hasTier(who, of(where), tier, tree, now));
        const shown = tiers.filter((tier) => decide(who, { ...of(where), tier }, tree, now).kind === 'allowed');
        if (decision.kind === 'allowed') expect(shown).toEqual(tiers);
        else expect(decision.tier).toBe(shown.at(-1));
        expect(judged.map(({ scope }) => scope)).toEqual(given);
        const found = decision.kind === 'allowed' ? Infinity : (decision.tier ?? 0);
        for (const { scope, failed } of judged) {
          expect(failed.length === 0).toBe(countsAt(scope, where, now));
          if (failed.length === 0) expect(found).toBeGreaterThanOrEqual(scope.pixels);
        }
      }),
    );
  });

  it('who sees a picture in some size may hear of it, and nobody else, by a link as well', () => {
    fc.assert(
      fc.property(rules, subject, scopes, path, path, time, (all, somebody, given, where, named, now) => {
        const [tree, who] = [new RuleTree(all), { ...somebody, scopes: given }];
        const decision = decide(who, { ...of(where), named }, tree, now);
        const sees = decision.kind === 'allowed' || decision.tier !== undefined;
        expect(decideOnMention(who, { path: where, named }, tree, now).kind === 'allowed').toBe(sees);
      }),
    );
  });

  it('where there is none, active users see everything, and others nothing', () => {
    fc.assert(
      fc.property(subject, path, time, (who, where, now) => {
        const { kind } = decide(who, of(where), new RuleTree([]), now);
        if (who.kind === 'anonymous') expect(kind).toBe('locked');
        else expect(kind).toBe(who.active ? 'allowed' : 'forbidden');
      }),
    );
  });
});
