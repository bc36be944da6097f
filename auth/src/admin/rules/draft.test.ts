import { expect, test } from 'vitest';
import { draftOf, lackOf, ruleOf, type Row } from '../browser/rules/draft.mjs';

const drawn = (rule: unknown): { rows: Row[]; others: Record<string, unknown> } => {
  const draft = draftOf(rule);
  if (!draft) throw new Error('it cannot be drawn');
  return draft;
};

const RULES: unknown[] = [
  'everyone',
  'users',
  'nobody',
  [
    { who: 'everyone', sees: 600 },
    { who: { roles: 'staff' }, from: '2027-04-01', until: '2027-07-01T18:00+02:00' },
  ],
  [{ who: { roles: ['staff', 'guest'], users: ['anna@example.org', 'ben@example.org'] } }],
  [{ who: { users: 'any', networks: ['reading room', '10.1.0.0/16'] } }],
  [{ who: { users: 'any', roles: 'staff' } }],
  [{ who: { gesture: 'kiosk', networks: 'reading room' } }, { who: { gesture: 'agreement' } }],
  { grants: [{ who: 'everyone' }, { who: 'users' }], offer: 'login' },
];

test.each(RULES.map((rule) => ({ rule })))('$rule is the same after it was drawn', ({ rule }) => {
  expect(ruleOf(drawn(rule))).toEqual(rule);
});

test('what the editor does not know is kept: of the rule, of a grant, and of who is meant', () => {
  const rule = {
    grants: [{ who: { roles: 'staff', clearance: 2 }, sees: 600, note: 'of 1990' }],
    reason: { en: 'The estate.', de: 'Der Nachlass.' },
    manifest: 'protected',
  };
  const draft = drawn(rule);
  const rows = draft.rows.map((row) => ({ ...row, pixels: '800' }));
  expect(ruleOf({ ...draft, rows })).toEqual({
    ...rule,
    grants: [{ who: { roles: 'staff', clearance: 2 }, sees: 800, note: 'of 1990' }],
  });
});

test('of a row that is about somebody else now nothing is left that does not fit', () => {
  const [row] = drawn([{ who: { roles: 'staff', networks: '10.1.0.0/16' } }]).rows;
  if (!row) throw new Error('there is no row');
  expect(ruleOf({ rows: [{ ...row, kind: 'everyone' }], others: {} })).toBe('everyone');
  expect(ruleOf({ rows: [{ ...row, kind: 'agreement', somewhere: false }], others: {} })).toEqual([
    { who: { gesture: 'agreement' } },
  ]);
});

test.each([7, { grants: 7 }, [7], [{ sees: 600 }], null].map((rule) => ({ rule })))(
  '$rule cannot be drawn',
  ({ rule }) => {
    expect(draftOf(rule)).toBeUndefined();
  },
);

test('what is missing in a row is named', () => {
  const [row] = drawn('everyone').rows;
  if (!row) throw new Error('there is no row');
  expect(lackOf(row)).toBeUndefined();
  expect(lackOf({ ...row, kind: 'roles' })).toBe('needsRole');
  expect(lackOf({ ...row, kind: 'names', names: ' , ' })).toBe('needsName');
  expect(lackOf({ ...row, kind: 'kiosk' })).toBe('needsNetwork');
  expect(lackOf({ ...row, smaller: true, pixels: '0' })).toBe('needsPixels');
  expect(lackOf({ ...row, from: '2027-07-01', until: '2027-07-01' })).toBe('needsOrder');
});
