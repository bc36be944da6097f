import { seenAt } from './demoAccount.ts';
import { failedCriteria, type Criterion } from './match.ts';
import type { Resource } from './resource.ts';
import { DEFAULT_RULE, type Pattern, type Rule } from './rules.ts';
import type { RuleTree } from './ruleTree.ts';
import type { Subject } from './subject.ts';

export type Decision =
  /** `byPlace`: for nothing but the place from where the visitor asks. */
  | { readonly kind: 'allowed'; readonly rule: string; readonly byPlace?: true }
  /** Not yet: `pattern` is the way to it. `tier` as in {@link Rule}. */
  | { readonly kind: 'locked'; readonly rule: string; readonly pattern: Pattern; readonly tier: number | undefined }
  /** No, and nothing that this visitor can do now will change it. */
  | { readonly kind: 'forbidden'; readonly rule: string; readonly tier: number | undefined };

/** A rule that holds for what was asked for, and the criteria of it that the subject does not meet. */
type Step = { readonly rule: Rule; readonly failed: readonly Criterion[] };

export type Explanation = {
  readonly decision: Decision;
  /** The closest rule first, which decides; after it those that would, one after the other, if it were not there. */
  readonly steps: readonly Step[];
};

/**
 * Whether `subject` may see `resource`: the closest rule decides. Pure and total; the only place of the project where
 * this is decided.
 */
export function decide(subject: Subject, { path }: Resource, rules: RuleTree): Decision {
  const [closest] = rules.at(path);
  const seen = seenAt(path, subject, rules.confined);
  // An account that counts for nothing here is offered the login of a folder, as everybody; but not where no rule is.
  return decisionBy(closest, failedCriteria(closest, seen), closest === DEFAULT_RULE ? subject : seen);
}

/** The same, and why. */
export function explain(subject: Subject, resource: Resource, rules: RuleTree): Explanation {
  const seen = seenAt(resource.path, subject, rules.confined);
  const steps = rules.at(resource.path).map((rule) => ({ rule, failed: failedCriteria(rule, seen) }));
  return { decision: decide(subject, resource, rules), steps };
}

function decisionBy(rule: Rule, failed: readonly Criterion[], subject: Subject): Decision {
  const { name, access, tier } = rule;
  if (failed.length === 0)
    return access === 'external' ? { kind: 'allowed', rule: name, byPlace: true } : { kind: 'allowed', rule: name };
  const said = rule === DEFAULT_RULE ? 'no rule allows it' : name;
  // A login is no way for those who are logged in.
  const isLost = access === 'open' || access === 'denied' || (access === 'login' && subject.kind === 'user');
  return isLost ? { kind: 'forbidden', rule: said, tier } : { kind: 'locked', rule: said, pattern: access, tier };
}
