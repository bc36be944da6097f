import { isAmong } from '../shared/networks.ts';
import { isOfUsers, type Grant } from './rules.ts';
import type { Subject } from './subject.ts';

/** What a grant can ask of a subject. */
export type Criterion =
  | 'the time'
  | 'a login'
  | 'an active account'
  | 'the name'
  | 'a role'
  | 'an agreement'
  | 'a kiosk'
  | 'the network'
  | 'no other site';

/** For each criterion: whether a grant asks for it, and whether a subject meets it at a time (milliseconds since 1970). */
const CRITERIA: readonly (readonly [
  Criterion,
  asks: (grant: Grant) => boolean,
  isMet: (subject: Subject, grant: Grant, now: number) => boolean,
])[] = [
  ['the time', () => true, (_, grant, now) => isInForce(grant, now)],
  ['a login', ({ who }) => isOfUsers(who), ({ kind }) => kind === 'user'],
  ['an active account', ({ who }) => isOfUsers(who), (subject) => subject.kind === 'user' && subject.active],
  [
    'the name',
    ({ who }) => who.names.length > 0,
    (subject, { who }) => subject.kind === 'user' && who.names.includes(subject.email),
  ],
  [
    'a role',
    ({ who }) => who.roles.length > 0,
    (subject, { who }) => subject.kind === 'user' && subject.roles.some((role) => who.roles.includes(role)),
  ],
  [
    'an agreement',
    ({ who }) => who.gesture === 'agreement',
    ({ agreed }, { who }) => (typeof agreed === 'boolean' ? agreed : agreed.includes(who.terms)),
  ],
  ['a kiosk', ({ who }) => who.gesture === 'kiosk', ({ atKiosk }) => atKiosk],
  ['the network', ({ who }) => who.networks.length > 0, ({ address }, { who }) => isAmong(who.networks)(address)],
  ['no other site', isByPlace, ({ forAnotherSite }) => !forAnotherSite],
];

/** Whether a grant counts at a time (milliseconds since 1970). */
export function isInForce({ from, until }: Grant, now: number): boolean {
  return from <= now && now < until;
}

/** Whether nothing but the place from where a visitor asks is asked for: it says nothing of another site that asks there. */
export function isByPlace({ who }: Grant): boolean {
  return who.networks.length > 0 && who.gesture === undefined && !isOfUsers(who);
}

/** The criteria of a grant that a subject does not meet at a time (milliseconds since 1970); none where it is met. */
export function failedCriteria(grant: Grant, subject: Subject, now: number): readonly Criterion[] {
  const failed: Criterion[] = [];
  for (const [criterion, asks, isMet] of CRITERIA) {
    if (asks(grant) && !isMet(subject, grant, now)) failed.push(criterion);
  }
  return failed;
}
