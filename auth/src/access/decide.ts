import type { Resource } from './resource.ts';
import type { Judgement, Offer, Pattern, Rule } from './rules.ts';
import type { Subject } from './subject.ts';

export type Decision =
  | { readonly kind: 'allowed'; readonly rule: string }
  /** Not yet: `pattern` is the way to it. `tier` as in {@link Offer}. */
  | { readonly kind: 'locked'; readonly rule: string; readonly pattern: Pattern; readonly tier: number | undefined }
  /** No, and nothing that this visitor can do now will change it. */
  | { readonly kind: 'forbidden'; readonly rule: string; readonly tier: number | undefined };

const NO_RULE = 'no rule allows it';

/**
 * Whether `subject` may see `resource` at `now`: the first rule that speaks decides, and where none speaks the answer
 * is no. Pure; the only place of the project where this is decided.
 */
export function decide(subject: Subject, resource: Resource, rules: readonly Rule[], now: Date): Decision {
  for (const rule of rules) {
    const judgement = rule.judge(subject, resource, now);
    if (judgement !== undefined) return decisionOf(judgement, rule.name, subject);
  }
  return decisionOf('deny', NO_RULE, subject);
}

function decisionOf(judgement: Judgement, rule: string, subject: Subject): Decision {
  if (judgement === 'allow') return { kind: 'allowed', rule };
  const { offer, tier } = judgement === 'deny' ? denialOf(subject) : judgement;
  return offer === 'nothing' ? { kind: 'forbidden', rule, tier } : { kind: 'locked', rule, pattern: offer, tier };
}

function denialOf(subject: Subject): Offer {
  return { offer: subject.kind === 'anonymous' ? 'login' : 'nothing' };
}
