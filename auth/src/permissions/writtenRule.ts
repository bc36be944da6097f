import type { Notice } from '../access/notice.ts';
import { isOfUsers, usualPattern, WHOLE, type Grant, type Pattern, type Rule, type Who } from '../access/rules.ts';
import { writeMoment } from '../shared/dates.ts';
import type { Phrase } from '../shared/phrase.ts';
import { GENERAL_TERMS } from '../shared/terms.ts';
import { writtenSight } from './words.ts';

/** Who is meant, as an access.yml says it. */
type WrittenWho = string | Readonly<Record<string, string | readonly string[]>>;

/** A grant in the form of an access.yml; what is not said is left out. */
type WrittenGrant = {
  readonly who: WrittenWho;
  readonly sees?: string | number;
  readonly from?: string;
  readonly until?: string;
};

/** All that a rule says, in the form of an access.yml; what is not said is left out. */
type WrittenRule =
  | readonly WrittenGrant[]
  | {
      readonly grants: readonly WrittenGrant[];
      readonly offer?: Pattern;
      readonly reason?: Phrase;
      readonly texts?: Notice['texts'];
      readonly manifest?: 'open' | 'protected';
      readonly request?: true;
    };

/**
 * A rule in the form of an access.yml, whatever form it was written in; named networks as their addresses, named texts as their
 * words, so that who agreed to them has agreed to these.
 */
export function writtenRule(rule: Rule): WrittenRule {
  const { pattern, notice, manifest } = rule;
  const grants = rule.grants.map(writtenGrant);
  const others = {
    ...(pattern !== usualPattern(rule.grants) && { offer: pattern }),
    ...(notice?.reason && { reason: notice.reason }),
    ...(notice && notice.terms !== GENERAL_TERMS && { texts: notice.texts }),
    ...(manifest && { manifest }),
    ...(notice?.request && { request: true as const }),
  };
  return Object.keys(others).length === 0 ? grants : { grants, ...others };
}

function writtenGrant({ who, pixels, from, until }: Grant): WrittenGrant {
  return {
    who: writtenWho(who),
    ...(pixels !== WHOLE && { sees: writtenSight(pixels) }),
    ...(from !== -Infinity && { from: writeMoment(from) }),
    ...(until !== Infinity && { until: writeMoment(until) }),
  };
}

function writtenWho(who: Who): WrittenWho {
  const { users, names, roles, networks, gesture } = who;
  const people = users ? ['any'] : names;
  if (users && roles.length + networks.length === 0 && gesture === undefined) return 'users';
  if (!isOfUsers(who) && networks.length === 0 && gesture === undefined) return 'everyone';
  return {
    ...(people.length > 0 && { users: people }),
    ...(roles.length > 0 && { roles }),
    ...(networks.length > 0 && { networks }),
    ...(gesture !== undefined && { gesture }),
  };
}
