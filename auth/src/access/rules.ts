import type { Resource } from './resource.ts';
import type { Subject } from './subject.ts';

export type Judgement = 'allow' | 'deny';

/** One rule: says allow or deny, or nothing (`undefined`) where it does not apply. Pure: no I/O, no clock but `now`. */
export type Rule = {
  readonly name: string;
  readonly judge: (subject: Subject, resource: Resource, now: Date) => Judgement | undefined;
};

const activeUsersSeeEverything: Rule = {
  name: 'active users see everything',
  judge: (subject) => (subject.kind === 'user' && subject.active ? 'allow' : undefined),
};

/** The rules of this server, asked from the top; the first that says something decides, and at the end it is no. */
export const rules: readonly Rule[] = [activeUsersSeeEverything];
