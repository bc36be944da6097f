import type { Resource } from './resource.ts';
import type { Rule } from './rules.ts';
import type { Subject } from './subject.ts';

/** Of the account whose password everybody knows. */
export const DEMO_ROLE = 'demonstration';
const FOLDER = 'demo';

/** The same rules, for a server with a demonstration: outside of it, no rule takes its account for somebody's. */
export function besideDemo(rules: readonly Rule[]): Rule[] {
  return rules.map(({ name, judge }) => ({
    name,
    judge: (subject, resource, now) => judge(seenFrom(subject, resource), resource, now),
  }));
}

function seenFrom(subject: Subject, { path }: Resource): Subject {
  if (subject.kind === 'anonymous' || path[0] === FOLDER || !subject.roles.includes(DEMO_ROLE)) return subject;
  const { address, agreed, atKiosk } = subject;
  return { kind: 'anonymous', address, agreed, atKiosk };
}
