import { isAmong } from '../shared/networks.ts';
import type { Rule } from './rules.ts';
import type { Subject } from './subject.ts';

/** What a rule can ask of a subject. */
export type Criterion =
  'nobody' | 'a login' | 'an active account' | 'a role' | 'an agreement' | 'a kiosk' | 'the network' | 'no other site';

const CRITERIA: Record<Rule['access'], readonly Criterion[]> = {
  open: [],
  login: ['a login', 'an active account', 'a role'],
  clickthrough: ['an agreement'],
  kiosk: ['a kiosk', 'the network'],
  external: ['no other site', 'the network'],
  denied: ['nobody'],
};

const MEETS: Record<Criterion, (subject: Subject, rule: Rule) => boolean> = {
  nobody: () => false,
  'a login': ({ kind }) => kind === 'user',
  'an active account': (subject) => subject.kind === 'user' && subject.active,
  'a role': (subject, { roles }) =>
    roles.length === 0 || (subject.kind === 'user' && subject.roles.some((role) => roles.includes(role))),
  'an agreement': ({ agreed }) => agreed,
  'a kiosk': ({ atKiosk }) => atKiosk,
  'the network': ({ address }, { networks }) => isAmong(networks)(address),
  'no other site': ({ forAnotherSite }) => !forAnotherSite,
};

/** The criteria of a rule that a subject does not meet; none where the rule grants access. */
export function failedCriteria(rule: Rule, subject: Subject): readonly Criterion[] {
  const failed: Criterion[] = [];
  for (const criterion of CRITERIA[rule.access]) {
    if (!MEETS[criterion](subject, rule)) failed.push(criterion);
  }
  return failed;
}
