import { seenAt } from './demoAccount.ts';
import { failedOfKey, type KeyCriterion, type KeyScope } from './keyScope.ts';
import { failedCriteria, isByPlace, isInForce, type Criterion } from './match.ts';
import type { Resource } from './resource.ts';
import { DEFAULT_RULE, firstPattern, patternOf, WHOLE, type Grant, type Pattern, type Rule } from './rules.ts';
import type { RuleTree } from './ruleTree.ts';
import { anonymous, type Subject } from './subject.ts';

export type Decision =
  | {
      readonly kind: 'allowed';
      readonly rule: string;
      /** For nothing but the place from where the visitor asks. */
      readonly byPlace?: true;
      /** When it is over, whatever else happens; milliseconds since 1970. */
      readonly until?: number;
    }
  /** Not yet: `pattern` is the way to it. `tier`: pixels on the longer side of the smaller image that may be seen meanwhile. */
  | { readonly kind: 'locked'; readonly rule: string; readonly pattern: Pattern; readonly tier: number | undefined }
  /** No, and nothing that this visitor can do now will change it. */
  | { readonly kind: 'forbidden'; readonly rule: string; readonly tier: number | undefined };

/** A rule that holds for what was asked for, and for each of its grants the criteria that the subject does not meet. */
type Step = { readonly rule: Rule; readonly grants: readonly JudgedGrant[] };
type JudgedGrant = { readonly grant: Grant; readonly failed: readonly Criterion[] };

/** A key, and what it lacks for what was asked for. */
type JudgedKey = { readonly scope: KeyScope; readonly failed: readonly KeyCriterion[] };

export type Explanation = {
  readonly decision: Decision;
  /** Beside the rules: what it opens, it opens whatever they say. */
  readonly key: JudgedKey | undefined;
  /** The closest rule first, which decides; after it those that would, one after the other, if it were not there. */
  readonly steps: readonly Step[];
};

/**
 * Whether `subject` may see `resource` at a time (milliseconds since 1970): the closest rule decides, and beside it a key
 * opens what is in its scope. Pure and total; the only place of the project where this is decided.
 */
export function decide(subject: Subject, { path, tier }: Resource, rules: RuleTree, now: number): Decision {
  const [closest] = rules.at(path);
  const seen = seenAt(path, subject, rules.confined);
  // An account that counts for nothing here is offered the login of a folder, as everybody; but not where no rule is.
  const offered = closest === DEFAULT_RULE ? subject : seen;
  const wanted = tier ?? WHOLE;
  const met = closest.grants.filter((grant) => failedCriteria(grant, seen, now).length === 0);
  const enough = met.filter(({ pixels }) => pixels >= wanted);
  const key = keyAt(path, subject, now);
  if (key && key.pixels >= wanted) return allowedByKey(key, closest, enough);
  if (enough.length > 0) return allowed(closest, enough);
  return refused(closest, [...met, ...(key ? [key] : [])], wanted, offered, now);
}

/** The same, and why. */
export function explain(subject: Subject, resource: Resource, rules: RuleTree, now: number): Explanation {
  const seen = seenAt(resource.path, subject, rules.confined);
  const judged = (grant: Grant): JudgedGrant => ({ grant, failed: failedCriteria(grant, seen, now) });
  const steps = rules.at(resource.path).map((rule) => ({ rule, grants: rule.grants.map(judged) }));
  const { key: scope } = subject;
  const key = scope && { scope, failed: failedOfKey(scope, resource.path, now) };
  return { decision: decide(subject, resource, rules, now), key, steps };
}

/**
 * Whether there is a tier of so many pixels on its longer side at a path: the rule names it for somebody, or the key of
 * `subject` does, and not everybody sees the whole image.
 */
export function hasTier(
  subject: Subject,
  path: readonly string[],
  tier: number,
  rules: RuleTree,
  now: number,
): boolean {
  const [{ grants }] = rules.at(path);
  const isNamed = grants.some((grant) => grant.pixels === tier && isInForce(grant, now));
  if (!isNamed && keyAt(path, subject, now)?.pixels !== tier) return false;
  return decide(anonymous, { kind: 'image', path }, rules, now).kind !== 'allowed';
}

/** The key of a subject, where it counts. */
function keyAt(path: readonly string[], { key }: Subject, now: number): KeyScope | undefined {
  return key && failedOfKey(key, path, now).length === 0 ? key : undefined;
}

/** By a key, and by the grants of the rule that are met without it. */
function allowedByKey({ name, until: end }: KeyScope, rule: Rule, met: readonly Grant[]): Decision {
  const until = Math.max(end, ...met.map((grant) => grant.until));
  return {
    kind: 'allowed',
    rule: met.length > 0 ? rule.name : `the key "${name}"`,
    ...(until !== Infinity && { until }),
  };
}

function allowed({ name }: Rule, met: readonly Grant[]): Decision {
  // One that lasts longer, or asks for more than the place, holds where another would not.
  const until = Math.max(...met.map((grant) => grant.until));
  return {
    kind: 'allowed',
    rule: name,
    ...(met.every(isByPlace) && { byPlace: true }),
    ...(until !== Infinity && { until }),
  };
}

function refused(
  rule: Rule,
  met: readonly Pick<Grant, 'pixels'>[],
  wanted: number,
  subject: Subject,
  now: number,
): Decision {
  const smaller = met.map(({ pixels }) => pixels).filter((pixels) => pixels < wanted);
  const tier = smaller.length > 0 ? Math.max(...smaller) : undefined;
  const said = rule === DEFAULT_RULE ? 'no rule allows it' : rule.name;
  const ways = rule.grants.filter((grant) => grant.pixels >= wanted && isInForce(grant, now));
  const pattern = ways.some((grant) => patternOf(grant) === rule.pattern) ? rule.pattern : firstPattern(ways);
  // A login is no way for those who are logged in.
  const isLost = pattern === undefined || (pattern === 'login' && subject.kind === 'user');
  return isLost ? { kind: 'forbidden', rule: said, tier } : { kind: 'locked', rule: said, pattern, tier };
}
