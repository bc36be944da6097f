import type { Resource } from './resource.ts';
import type { Rule } from './rules.ts';
import type { Subject } from './subject.ts';

export type Decision =
  | { readonly kind: 'allowed'; readonly rule: string }
  /** Nobody is logged in; logging in may help. */
  | { readonly kind: 'login-required' }
  /** Somebody is logged in and may not; logging in again does not help. */
  | { readonly kind: 'forbidden'; readonly rule: string };

const NO_RULE = 'no rule allows it';

/**
 * Whether `subject` may see `resource` at `now`: the first rule that speaks decides, and where none speaks the answer
 * is no. Pure; the only place of the project where this is decided.
 */
export function decide(subject: Subject, resource: Resource, rules: readonly Rule[], now: Date): Decision {
  for (const rule of rules) {
    const judgement = rule.judge(subject, resource, now);
    if (judgement === 'allow') return { kind: 'allowed', rule: rule.name };
    if (judgement === 'deny') return refusal(subject, rule.name);
  }
  return refusal(subject, NO_RULE);
}

function refusal(subject: Subject, rule: string): Decision {
  return subject.kind === 'anonymous' ? { kind: 'login-required' } : { kind: 'forbidden', rule };
}
