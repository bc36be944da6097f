import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { noticeOf } from './notice.ts';
import { FALLBACKS, makeRule } from './rules.ts';
import { RuleTree } from './ruleTree.ts';
import { anonymous } from './subject.ts';

const text = { en: 'Not to be copied.' };
const agreement = { grants: [{ who: { gesture: 'agreement' as const } }] };
const rules = new RuleTree([
  makeRule({ where: ['plain'], ...agreement }),
  makeRule({ where: ['own'], ...agreement, texts: { note: text } }),
  makeRule({ where: ['why'], ...agreement, texts: { note: text }, reason: { en: 'Because.' } }),
]);
const decisionOn = (folder: string, agreed: boolean | readonly string[]) =>
  decide({ ...anonymous, agreed }, { kind: 'image', path: [folder, 'a.tif'] }, rules, 0);
const ownTerms = noticeOf({ texts: { note: text } })?.terms ?? '';

describe('a notice', () => {
  it('is none where a rule says nothing', () => {
    expect(noticeOf({})).toBeUndefined();
    expect(noticeOf({ texts: {} })).toBeUndefined();
  });

  it('has a name of all that it says, and its texts have one of their own', () => {
    const [short, long] = [noticeOf({ texts: { note: text } }), noticeOf({ texts: { note: text }, reason: text })];
    expect(short?.id).toMatch(/^[0-9a-f]{12}$/);
    expect(long?.id).not.toBe(short?.id);
    expect(long?.terms).toBe(short?.terms);
    expect(noticeOf({ reason: text })?.terms).toBe('');
    expect(noticeOf({ request: [] })?.request).toEqual([]);
  });

  it('goes with every no, and is found by its name', () => {
    const decision = decisionOn('why', false);
    expect(decision).toMatchObject({ kind: 'locked', notice: { reason: { en: 'Because.' } } });
    const { id } = noticeOf({ texts: { note: text }, reason: { en: 'Because.' } }) ?? { id: '' };
    expect(decision).toHaveProperty('notice', rules.notices.get(id));
    expect(decisionOn('plain', false)).not.toHaveProperty('notice');
  });
});

describe('an agreement', () => {
  it.each([
    ['plain', [''], 'allowed'],
    ['plain', [ownTerms], 'locked'],
    ['own', [''], 'locked'],
    ['own', [ownTerms], 'allowed'],
    ['why', [ownTerms], 'allowed'],
    ['own', [], 'locked'],
    ['own', true, 'allowed'],
    ['plain', false, 'locked'],
  ] as const)('for "%s" of who agreed to %j: %s', (folder, agreed, kind) => {
    expect(decisionOn(folder, agreed).kind).toBe(kind);
  });
});

it('where no rule is, the installation decides', () => {
  const seen = (fallback: keyof typeof FALLBACKS) =>
    decide(anonymous, { kind: 'image', path: ['a.tif'] }, new RuleTree([], { fallback: FALLBACKS[fallback] }), 0);
  expect(seen('everyone')).toMatchObject({ kind: 'allowed' });
  expect(seen('users')).toMatchObject({ kind: 'locked', pattern: 'login', rule: 'no rule allows it' });
  expect(seen('nobody')).toMatchObject({ kind: 'forbidden', rule: 'no rule allows it' });
});
