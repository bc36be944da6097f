import { isOfUsers, WHOLE, type Grant, type Rule, type Who } from '../access/rules.ts';
import { writeMoment } from '../shared/dates.ts';
import { writtenSight } from './words.ts';

/** Who is meant, as an access.yml says it. */
type WrittenWho = string | Readonly<Record<string, string | readonly string[]>>;

/** A grant in the form of an access.yml; what is not said is left out. */
export type WrittenGrant = {
  readonly who: WrittenWho;
  readonly sees?: string | number;
  readonly from?: string;
  readonly until?: string;
};

/** The grants of a rule in the form of an access.yml, whatever form they were written in; named networks as their addresses. */
export function writtenGrants({ grants }: Rule): readonly WrittenGrant[] {
  return grants.map(writtenGrant);
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
