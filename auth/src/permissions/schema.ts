import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { PATTERNS, type GivenGrant } from '../access/rules.ts';
import { isNetwork } from '../shared/networks.ts';
import { readMoment } from '../shared/dates.ts';
import { offerTexts, phrase } from './offerTexts.ts';

/** One where several could be: both are meant. */
const listed = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);
const word = z.string({ error: 'has to be a text: put it between quotes' }).min(1, { error: 'is empty' });
const EMPTY = 'is empty: write what is meant, or leave it out';
const words = z.preprocess(listed, z.array(word).min(1, { error: EMPTY }));
const person = word.refine((name) => name === 'any' || name.includes('@'), {
  error: 'has to be any, or e-mail addresses',
});
const network = word.refine(isNetwork, { error: 'is not an IP address or network (CIDR)' });

const moment = word.transform((text, context): number => {
  const read = readMoment(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00' });
  return z.NEVER;
});

export const WRONG_SIGHT = 'has to be full, or pixels on the longer side: a number from 16 to 10000';
const pixels = z.custom<number>(isSight, { error: WRONG_SIGHT });

const sight = z.preprocess((value) => (value === 'full' ? Infinity : value), pixels).default(Infinity);

/** Whether it is how much somebody can see: pixels on the longer side, or `Infinity` for all. */
export function isSight(value: unknown): boolean {
  return value === Infinity || (Number.isInteger(value) && Number(value) >= 16 && Number(value) <= 10_000);
}

/** `full`, or pixels on the longer side, as people write it. @returns `undefined` where it is neither */
export function readSight(text: string): number | undefined {
  if (text === 'full') return Infinity;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const WHO = 'has to be everyone, users, or which of them: { roles: …, users: …, networks: …, gesture: … }';
/** What somebody probably means who writes one word where conditions are expected. */
function hintOnWho(value: unknown): string {
  if (typeof value !== 'string' || value === NO_CONDITION) return '';
  const condition = value.includes('@') ? 'users' : isNetwork(value) ? 'networks' : 'roles';
  return `; probably { ${condition}: ${value} }`;
}
/** What is written between empty brackets. */
const NO_CONDITION = 'nothing';
const WHO_IN_ONE_WORD: Record<string, object> = { everyone: {}, users: { users: 'any' } };

const who = z.preprocess(
  (value) => (typeof value === 'string' ? (WHO_IN_ONE_WORD[value] ?? value) : isEmpty(value) ? NO_CONDITION : value),
  z
    .strictObject(
      {
        users: z.preprocess(listed, z.array(person).min(1, { error: EMPTY })).optional(),
        roles: words.optional(),
        networks: words.optional(),
        gesture: z.enum(['agreement', 'kiosk'], { error: 'has to be agreement or kiosk' }).optional(),
      },
      { error: (issue) => (issue.code === 'invalid_type' ? WHO + hintOnWho(issue.input) : undefined) },
    )
    .transform(({ users = [], roles = [], networks = [], gesture }) => ({
      users: users.includes('any'),
      // Who is any user is not one of a few.
      names: users.includes('any') ? [] : users.map((name) => name.toLowerCase()),
      roles,
      /** Addresses, or names of networks. */
      networks,
      gesture,
    })),
);

const grant = z
  .strictObject(
    {
      who,
      sees: sight,
      from: moment.optional(),
      until: moment.optional(),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? 'has to be a grant: { who: …, sees: … }' : undefined) },
  )
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    error: 'has to be later than "from"',
    path: ['until'],
  })
  .transform(({ who: whoever, sees, from, until }) => ({
    who: whoever,
    pixels: sees,
    from: from ?? -Infinity,
    until: until ?? Infinity,
  })) satisfies z.ZodType<GivenGrant>;

const RULE = 'has to be everyone, users, nobody, or a list of grants: - { who: …, sees: … }';
const NO_DASH = 'has to be a list: put a dash before the grant, "- who: …"';
const RULE_IN_ONE_WORD: Record<string, readonly object[]> = {
  everyone: [{ who: 'everyone' }],
  users: [{ who: 'users' }],
  nobody: [],
};

const inOneWord = (value: unknown): unknown => (typeof value === 'string' ? (RULE_IN_ONE_WORD[value] ?? value) : value);

const rule = z.preprocess(
  (value) => {
    const grants = inOneWord(value);
    if (Array.isArray(grants)) return { grants: grants as unknown[] };
    return isGrant(value) ? NO_DASH : value;
  },
  z.strictObject(
    {
      grants: z.preprocess(inOneWord, z.array(grant, { error: RULE })),
      offer: z.enum(PATTERNS, { error: `has to be one of ${PATTERNS.join(', ')}` }).optional(),
      reason: phrase.optional(),
      texts: z.union([word, offerTexts], { error: 'has to be the name of texts, or texts: { note: … }' }).optional(),
      manifest: z.enum(['open', 'protected'], { error: 'has to be open or protected' }).optional(),
      request: z.boolean({ error: 'has to be true or false' }).optional(),
    },
    {
      error: (issue) => (issue.code !== 'invalid_type' ? undefined : issue.input === NO_DASH ? NO_DASH : RULE),
    },
  ),
);

function isGrant(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'who' in value;
}

export const WRONG_PATH =
  'is not the path of a folder or an image below the folder of images: write maps/atlas, or . for all';
/** Folders whose name begins with a dot are not served. */
const PLACE = /^(\.|[^/!.][^/!]*(\/[^/!.][^/!]*)*)$/;
const path = z.string().regex(PLACE, { error: WRONG_PATH });

/** The parts of such a path. */
export function partsOf(place: string): readonly string[] {
  return place === '.' ? [] : place.split('/');
}

/** Whether it is the path of a folder or an image, as people write it. */
export function isPlace(text: string): boolean {
  return PLACE.test(text);
}

/** What a key opens, in an access.test.yml; one that is not named by anybody else. */
export const key = z
  .strictObject({
    folders: z.preprocess(listed, z.array(path).min(1)),
    sees: sight,
    until: moment.optional(),
  })
  .transform(({ folders, sees, until = Infinity }): Scope => {
    return { name: 'a key', folders: folders.map(partsOf), pixels: sees, until };
  });

/** What the share links open that somebody opened, in the same file. */
export const shares = z.preprocess(
  listed,
  z.array(
    z
      .strictObject({ folder: path, sees: sight, until: moment.optional() })
      .transform(({ folder, sees, until = Infinity }): Scope => {
        return { name: 'a share link', folders: [partsOf(folder)], pixels: sees, until };
      }),
  ),
);

const NO_RULES = 'is empty: where there are to be no rules, write "folders: {}"';

/** An access.yml, as JavaScript values. */
export const accessFile = z.strictObject(
  {
    networks: z.preprocess(orNothing, z.record(z.string(), z.preprocess(listed, z.array(network)))),
    texts: z.preprocess(orNothing, z.record(z.string(), offerTexts)),
    // A file that is just being written has nothing in it yet.
    folders: z.record(path, rule, {
      error: (issue) => (issue.input == null ? NO_RULES : 'has to name folders: "maps/atlas: everyone"'),
    }),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'has to begin with "folders:"' : undefined) },
);

/** A heading with nothing below it. */
function orNothing(value: unknown): unknown {
  return value ?? {};
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
