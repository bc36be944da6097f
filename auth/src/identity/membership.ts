import { readMoment, writeMoment } from '../shared/dates.ts';

/** That a user has a role: from a moment on, until a moment (without it). `undefined`: from ever, for ever. */
export type Membership = {
  readonly role: string;
  readonly from: Date | undefined;
  readonly until: Date | undefined;
};

/** What is kept of somebody's roles: the names of those held at some moment, and all of them. */
type Holder = { readonly roles: readonly string[]; readonly memberships: readonly Membership[] };

/** `seminar`, or `seminar (from … until …)` with one of them or both: a role's name has no brackets. */
const WRITTEN = /^([^()]*?)(?: \((?:from ([^()]+?))?(?: ?until ([^()]+?))?\))?$/;

/** A membership without an end. */
export function always(role: string): Membership {
  return { role, from: undefined, until: undefined };
}

/** The roles that a user has at a moment, in the order of the memberships. */
export function rolesAt(memberships: readonly Membership[], at: Date): readonly string[] {
  return memberships
    .filter(({ from, until }) => (from === undefined || from <= at) && (until === undefined || at < until))
    .map(({ role }) => role);
}

/** A user with the roles of a moment: what was read earlier may hold no more, or not have held yet. */
export function userAt<User extends Holder>(user: User, at: Date): User {
  if (user.memberships.every(({ from, until }) => from === undefined && until === undefined)) return user;
  return { ...user, roles: rolesAt(user.memberships, at) };
}

/** When the first of the roles that a user has now is over; `undefined` where none of them ends. */
export function endOfRoles({ roles, memberships }: Holder): Date | undefined {
  const ends = memberships.flatMap(({ role, until }) => (until && roles.includes(role) ? [until.getTime()] : []));
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}

/** As people read it, in the time zone of the server: `seminar (until 2027-07-01T00:00+02:00)`. */
export function writeMembership({ role, from, until }: Membership): string {
  const parts = [
    ...(from ? [`from ${writeMoment(from.getTime())}`] : []),
    ...(until ? [`until ${writeMoment(until.getTime())}`] : []),
  ];
  return parts.length === 0 ? role : `${role} (${parts.join(' ')})`;
}

/** Reads what {@link writeMembership} writes, with a moment in any form that a rule takes; `undefined` where it is no such thing. */
export function readMembership(text: string): Membership | undefined {
  const [whole, role = '', from, until]: readonly (string | undefined)[] = WRITTEN.exec(text.trim()) ?? [];
  if (whole === undefined || role === '' || / \(\)$/.test(whole)) return undefined;
  const moments = [from, until].map((part) => (part === undefined ? undefined : (readMoment(part.trim()) ?? NaN)));
  if (moments.some(Number.isNaN)) return undefined;
  const [begins, ends] = moments.map((moment) => (moment === undefined ? undefined : new Date(moment)));
  return { role, from: begins, until: ends };
}
