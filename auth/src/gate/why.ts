import { isIP } from 'node:net';
import { explain, hasTier, type Explanation } from '../access/decide.ts';
import { decideOnMention, isProtected } from '../access/mention.ts';
import type { Resource } from '../access/resource.ts';
import type { RuleTree } from '../access/ruleTree.ts';
import type { Scope } from '../access/scope.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import { Refused } from '../identity/errors.ts';
import { rolesAt } from '../identity/membership.ts';
import type { Users } from '../identity/users.ts';
import { parseNamedPlace } from '../iiif/namedPlace.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import { scopeOf, type Keys } from '../keys/keys.ts';
import { scopeOfShare, type Shares } from '../shares/shares.ts';
import { readMoment } from '../shared/dates.ts';

/** What somebody wants to know, as people write it; what is empty is left out. */
export type Question = {
  /** Any address of an image or a manifest, or a path. */
  readonly place: string;
  /** An e-mail address; anonymous where it is empty. */
  readonly user: string;
  /** The name of a key. */
  readonly key: string;
  /** The id of a share link. */
  readonly share: string;
  /** An IP address. */
  readonly from: string;
  /** A date; now where it is empty. */
  readonly at: string;
  readonly agreed: boolean;
  readonly kiosk: boolean;
};

type Parts = {
  readonly catalogue: Pick<Catalogue, 'find' | 'realOf'>;
  readonly users: Pick<Users, 'findByEmail'>;
  readonly keys: Pick<Keys, 'named'>;
  readonly shares: Pick<Shares, 'find'>;
  /** Those that are in force. */
  readonly rules: RuleTree;
  /** Whether manifests are protected like their images, where no rule says it. */
  readonly manifestsProtected: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type Why = {
  readonly resource: Resource;
  readonly user: string | undefined;
  /** Names of a key and a share link. */
  readonly scopes: readonly string[];
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly explanation: Explanation;
  /** It is a manifest that everybody may have, whoever sees the pictures. */
  readonly isOpenManifest: boolean;
  /** The tier that is asked for where no rule names it. */
  readonly missingTier: number | undefined;
};

/**
 * Whether somebody sees what an address or a path means, and why: the same walk as that of a request.
 * @throws Refused, with the name of a part of the question, where that cannot be read or names nothing; StoreUnavailable
 */
export async function why(question: Question, parts: Parts): Promise<Why> {
  const { rules, manifestsProtected } = parts;
  const address = question.from.trim();
  if (address !== '' && isIP(address) === 0) throw new Refused('from', `${address} is not an IP address.`);
  const at = momentOf(question.at.trim(), parts.now);
  const resource = await placeOf(parts.catalogue, question.place.trim());
  const scopes = await scopesOf(question, parts);
  const { agreed, kiosk: atKiosk } = question;
  const subject = await subjectOf(
    parts.users,
    question.user.trim(),
    { ...anonymous, address, agreed, atKiosk, scopes },
    at,
  );
  const { kind, tier } = resource;
  const explanation = explain(subject, resource, rules, at);
  return {
    resource,
    user: subject.kind === 'user' ? subject.email : undefined,
    scopes: scopes.map(({ name }) => name),
    address,
    at,
    explanation:
      kind === 'manifest' ? { ...explanation, decision: decideOnMention(subject, resource, rules, at) } : explanation,
    isOpenManifest: kind === 'manifest' && !isProtected(resource, rules, manifestsProtected),
    missingTier: tier !== undefined && !hasTier(subject, resource, tier, rules, at) ? tier : undefined,
  };
}

/**
 * What somebody means by an address or a path, as the gate finds it: with the ending of its name left out, by a link, a page
 * of a file. @throws Refused where it is none
 */
export async function placeOf(catalogue: Parts['catalogue'], typed: string): Promise<Resource> {
  const place = parseNamedPlace(typed);
  if (!place.ok) throw new Refused('place', place.message);
  const { kind, path: named, tier } = place.value;
  const file = named.length === 0 ? undefined : await catalogue.find(named);
  const asked = { kind, ...(tier !== undefined && { tier }) };
  if (file?.kind === 'file') return { ...asked, path: file.real, named: file.path };
  return { ...asked, path: (await catalogue.realOf(named)) ?? named, named };
}

function momentOf(typed: string, now: number): number {
  if (typed === '') return now;
  const moment = readMoment(typed);
  if (moment !== undefined) return moment;
  throw new Refused('at', `${typed} is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00.`);
}

async function scopesOf({ key, share }: Question, { keys, shares }: Parts): Promise<Scope[]> {
  const [name, id] = [key.trim(), share.trim()];
  return [
    ...(name === '' ? [] : [scopeOf(await asField('key', keys.named(name)))]),
    ...(id === '' ? [] : [scopeOfShare(await asField('share', shares.find(id)))]),
  ];
}

/** What is looked for by a part of the question. @throws Refused, with the name of that part */
async function asField<T>(field: keyof Question, looking: Promise<T>): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    throw error instanceof Refused ? new Refused(field, error.message) : error;
  }
}

async function subjectOf(users: Parts['users'], typed: string, anybody: Subject, now: number): Promise<Subject> {
  if (typed === '') return anybody;
  const user = await users.findByEmail(typed);
  if (!user) throw new Refused('user', `There is no user with the e-mail address ${typed}.`);
  const { id, email, active, memberships } = user;
  return { ...anybody, kind: 'user', id, email, active, roles: rolesAt(memberships, new Date(now)) };
}
