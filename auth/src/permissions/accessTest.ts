import { z } from 'zod';
import type { Resource } from '../access/resource.ts';
import type { RuleTree } from '../access/ruleTree.ts';
import { sightOf } from '../access/sight.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import { readMoment } from '../shared/dates.ts';
import { key, shares } from './schema.ts';
import { readYaml, type Wrong } from './yamlFile.ts';

/** One line of an access.test.yml: what somebody should see. */
export type Expectation = {
  readonly who: Subject;
  /** The path of a folder or an image. */
  readonly what: string;
  /** Milliseconds since 1970; `undefined` for whenever it is asked. */
  readonly at: number | undefined;
  /** Pixels on the longer side; `Infinity` for all, 0 for nothing. */
  readonly sees: number;
};

export type AccessTest = { readonly kind: 'expectations'; readonly expectations: readonly Expectation[] } | Wrong;

/** An expectation (counted from 1) that is not met. `sees`: pixels, as in {@link Expectation}. */
export type Unmet = { readonly number: number; readonly expectation: Expectation; readonly sees: number };

const user = (email: string, roles: readonly string[]) =>
  ({ kind: 'user', id: email, email, active: true, roles }) as const;
const WHO =
  'has to be anonymous, user, or { user: …, roles: [...], from: …, agreed: true, kiosk: true, key: { folders: … }, shares: { folder: … } }';
const IN_ONE_WORD: Record<string, object> = { anonymous: {}, user: { user: 'somebody@example.org' } };

const who = z.preprocess(
  (value) => (typeof value === 'string' ? (IN_ONE_WORD[value] ?? value) : value),
  z
    .strictObject(
      {
        user: z.string().optional(),
        roles: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string())).optional(),
        from: z.union([z.ipv4(), z.ipv6()], { error: 'is not an IP address' }).default(''),
        agreed: z.boolean().default(false),
        kiosk: z.boolean().default(false),
        key: key.optional(),
        shares: shares.default([]),
      },
      { error: (issue) => (issue.code === 'invalid_type' ? WHO : undefined) },
    )
    .transform(({ user: email, roles, from: address, agreed, kiosk: atKiosk, key: scope, shares: opened }): Subject => {
      const circumstances = { ...anonymous, address, agreed, atKiosk, scopes: [...(scope ? [scope] : []), ...opened] };
      if (email === undefined && roles === undefined) return circumstances;
      return { ...circumstances, ...user((email ?? 'somebody@example.org').toLowerCase(), roles ?? []) };
    }),
);

const SEES: Record<string, number> = { full: Infinity, nothing: 0 };
const sees = z.preprocess(
  (value) => (typeof value === 'string' ? (SEES[value] ?? value) : value),
  z.custom<number>((value) => value === Infinity || Number.isInteger(value), {
    error: 'has to be full, nothing, or pixels on the longer side',
  }),
);

const at = z.string({ error: 'has to be a date: write 2027-07-01' }).transform((text, context): number => {
  const moment = readMoment(text);
  if (moment !== undefined) return moment;
  context.addIssue({ code: 'custom', message: 'is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00' });
  return z.NEVER;
});

const expectation = z.strictObject(
  { who, what: z.string({ error: 'has to be the path of a folder or an image' }), at: at.optional(), sees },
  { error: (issue) => (issue.code === 'invalid_type' ? 'has to be { who: …, what: …, sees: … }' : undefined) },
);
const accessTest = z.array(expectation, { error: 'has to be a list: - { who: anonymous, what: maps, sees: full }' });

/** Reads an access.test.yml. Never throws. */
export function readAccessTest(text: string): AccessTest {
  const file = readYaml(text, accessTest, 'is not known here');
  if (file.kind === 'wrong') return file;
  if (file.content.length === 0) return file.wrong([{ path: [], message: 'expects nothing' }]);
  return { kind: 'expectations', expectations: file.content.map((one) => ({ ...one, at: one.at })) };
}

/** What is not as it was expected. `now`: milliseconds since 1970, where no time is said. */
export function unmetOf(
  asked: readonly { readonly expectation: Expectation; readonly place: Resource }[],
  rules: RuleTree,
  now: number,
): readonly Unmet[] {
  return asked.flatMap(({ expectation, place }, index) => {
    const sees = sightOf(expectation.who, place, rules, expectation.at ?? now);
    return sees === expectation.sees ? [] : [{ number: index + 1, expectation, sees }];
  });
}
