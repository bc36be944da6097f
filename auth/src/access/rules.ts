import { isNetwork } from '../shared/networks.ts';
import { GENERAL_TERMS } from '../shared/terms.ts';
import { noticeOf, type GivenNotice, type Notice } from './notice.ts';

/** How one can come to see what one may not see yet: the interaction patterns of both IIIF authorization APIs. */
export const PATTERNS = ['login', 'clickthrough', 'kiosk', 'external'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** How an anonymous visitor gets access. `tier`: longer side, in pixels, of the smaller image that is shown meanwhile. */
export type AccessMethod =
  | { readonly kind: 'open' }
  | {
      readonly kind: Pattern;
      readonly tier: number | undefined;
      /** What the rule says of it. */
      readonly notice?: Notice;
    };

/** What somebody has to meet: all that is named here. Where nothing is, it is everyone. */
export type Who = {
  /** Active users; where names follow, one of them. */
  readonly users: boolean;
  /** E-mail addresses, in lower case. */
  readonly names: readonly string[];
  /** Roles of which a user has one. */
  readonly roles: readonly string[];
  /** IP addresses and networks (CIDR) of which a visitor is at one. */
  readonly networks: readonly string[];
  /** What the visitor did in this browser before: agreed to the terms, or opened the page of the kiosk. */
  readonly gesture: 'agreement' | 'kiosk' | undefined;
  /** The terms that are agreed to (`Notice.terms`). */
  readonly terms: string;
};

/** Who sees how much, and when. */
export type Grant = {
  readonly who: Who;
  /** Pixels on the longer side; `Infinity` for the whole image. */
  readonly pixels: number;
  /** Milliseconds since 1970: from the first on, and until just before the second. */
  readonly from: number;
  readonly until: number;
};

/** Who may see a folder or an image. A frozen record, of nothing but data. */
export type Rule = {
  /** As the log and an explanation call it. */
  readonly name: string;
  /** Parts of the path of a folder or an image. What is below it is meant too, until a closer rule says otherwise. */
  readonly where: readonly string[];
  /** One that is met is enough; where there is none, nobody sees anything. Their order makes no difference. */
  readonly grants: readonly Grant[];
  /** The pattern that viewers are offered where several can be come by. */
  readonly pattern: Pattern;
  /** What those hear whom it refuses. */
  readonly notice: Notice | undefined;
  /** Whether manifests of what is in it are protected like the images; where nothing is said, the installation decides. */
  readonly manifest: 'open' | 'protected' | undefined;
};

export const WHOLE = Infinity;
export const EVERYONE: Who = frozenWho({});
export const ACTIVE_USERS: Who = frozenWho({ users: true });

type GivenWho = Partial<Omit<Who, 'terms'>>;
export type GivenGrant = { readonly who: GivenWho } & Partial<Omit<Grant, 'who'>>;
export type GivenRule = Pick<Rule, 'where'> & {
  readonly name?: string;
  readonly grants: readonly GivenGrant[];
  readonly pattern?: Pattern | undefined;
  readonly manifest?: Rule['manifest'];
} & GivenNotice;

/** A rule, frozen with all that it holds. Throws where a network is none. */
export function makeRule({
  where,
  name = `the rule of "${where.join('/')}"`,
  grants: given,
  pattern,
  manifest,
  ...said
}: GivenRule): Rule {
  const notice = noticeOf(said);
  const grants = frozen(given.map((grant) => frozenGrant(grant, notice?.terms)));
  const wrong = grants.flatMap(({ who }) => who.networks).find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new Error(`${name}: ${wrong} is no IP address or network.`);
  return Object.freeze({
    name,
    where: frozen(where),
    grants,
    pattern: pattern ?? usualPattern(grants),
    notice,
    manifest,
  });
}

/** The pattern that is offered where a rule names none; a login is what a viewer can offer where there is no way at all. */
export function usualPattern(grants: readonly Grant[]): Pattern {
  return firstPattern(grants.filter(({ pixels }) => pixels === WHOLE)) ?? 'login';
}

/** The pattern by which somebody can come to meet a grant; `undefined` where everyone does. */
export function patternOf({ who }: { readonly who: Omit<Who, 'terms'> }): Pattern | undefined {
  if (isOfUsers(who)) return 'login';
  if (who.gesture === 'agreement') return 'clickthrough';
  if (who.gesture === 'kiosk') return 'kiosk';
  return who.networks.length > 0 ? 'external' : undefined;
}

/** Whether an account is asked for. */
export function isOfUsers({ users, names, roles }: Pick<Who, 'users' | 'names' | 'roles'>): boolean {
  return users || names.length > 0 || roles.length > 0;
}

/** Of the patterns by which one of some grants can be met the first; `undefined` where there is none. */
export function firstPattern(grants: readonly Grant[]): Pattern | undefined {
  const patterns = grants.map(patternOf);
  return PATTERNS.find((pattern) => patterns.includes(pattern));
}

function frozenGrant(
  { who, pixels = WHOLE, from = -Infinity, until = Infinity }: GivenGrant,
  terms: string | undefined,
): Grant {
  return Object.freeze({ who: frozenWho(who, terms), pixels, from, until });
}

function frozenWho(
  { users = false, names = [], roles = [], networks = [], gesture }: GivenWho,
  terms = GENERAL_TERMS,
): Who {
  const lists = { names: frozen(names), roles: frozen(roles), networks: frozen(networks) };
  return Object.freeze({ users, ...lists, gesture, terms });
}

function frozen<One>(list: readonly One[]): readonly One[] {
  return Object.isFrozen(list) ? list : Object.freeze([...list]);
}

/** What can hold where no rule does. */
export const FALLBACKS = {
  users: makeRule({ name: 'active users see everything', where: [], grants: [{ who: ACTIVE_USERS }] }),
  everyone: makeRule({ name: 'everyone sees everything', where: [], grants: [{ who: EVERYONE }] }),
  nobody: makeRule({ name: 'nobody sees anything', where: [], grants: [] }),
} as const;
