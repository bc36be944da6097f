import { seenAt } from './demoAccount.ts';
import { failedCriteria, isByPlace, isInForce, type Criterion } from './match.ts';
import type { Notice } from './notice.ts';
import type { Resource } from './resource.ts';
import { firstPattern, patternOf, WHOLE, type Grant, type Pattern, type Rule } from './rules.ts';
import type { RuleTree } from './ruleTree.ts';
import { failedOfScope, type Scope, type ScopeCriterion } from './scope.ts';
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
  | (Refused & { readonly kind: 'locked'; readonly pattern: Pattern })
  /** No, and nothing that this visitor can do now will change it. */
  | (Refused & { readonly kind: 'forbidden' });
type Refused = {
  readonly rule: string;
  readonly tier: number | undefined;
  /** What the rule has to say of it. */
  readonly notice?: Notice;
};

/** A rule that holds for what was asked for, and for each of its grants the criteria that the subject does not meet. */
type Step = {
  readonly rule: Rule;
  /** Whether it is the closest one: the others would decide, one after the other, if it were not there. */
  readonly decides: boolean;
  readonly grants: readonly JudgedGrant[];
};
type JudgedGrant = { readonly grant: Grant; readonly failed: readonly Criterion[] };

/** What a key or a share link opens, and what it lacks for what was asked for. */
type JudgedScope = { readonly scope: Scope; readonly failed: readonly ScopeCriterion[] };

export type Explanation = {
  readonly decision: Decision;
  /** Beside the rules: what they open, they open whatever these say. */
  readonly scopes: readonly JudgedScope[];
  /** The closest rule first. Where a link is on the way, after those of where it really lies those of how it was named. */
  readonly steps: readonly Step[];
};

/**
 * Whether `subject` may see `resource` at a time (milliseconds since 1970): the closest rule decides, and beside it keys
 * and share links open what is in their scope. Where a link is on the way both have to allow it, the rule of where it really lies and that
 * of how it was named: so a link opens nothing, and one that was closed stays so wherever it leads. Pure and total; the
 * only place of the project where this is decided.
 */
export function decide(subject: Subject, resource: Resource, rules: RuleTree, now: number): Decision {
  const decisions = decisionsOn(subject, resource, rules, now);
  const [first] = decisions;
  if (decisions.length === 1) return first;
  const no = decisions.find((decision) => decision.kind !== 'allowed');
  if (no === undefined) return bothAllowed(decisions);
  if (no.tier === undefined) return no;
  const ofTier = decisionsOn(subject, { ...resource, tier: no.tier }, rules, now);
  return { ...no, tier: ofTier.every(({ kind }) => kind === 'allowed') ? no.tier : undefined };
}

function decisionsOn(subject: Subject, resource: Resource, rules: RuleTree, now: number): Decisions {
  const decideOn = (path: readonly string[]): Decision => {
    // Where only one of the two names the tier, who sees the whole image by the other sees the tier too.
    const tier =
      resource.tier !== undefined && namesTier(subject, path, resource.tier, rules, now) ? resource.tier : WHOLE;
    return decideAt(path, subject, tier, rules, now);
  };
  const [real, named] = pathsOf(resource, rules);
  return named === undefined ? [decideOn(real)] : [decideOn(real), decideOn(named)];
}

type Path = Resource['path'];
/** One for each path whose rules are asked. */
type Decisions = readonly [Decision, ...Decision[]];

/** The same, and why. */
export function explain(subject: Subject, resource: Resource, rules: RuleTree, now: number): Explanation {
  const steps = pathsOf(resource, rules).flatMap((path) => {
    const seen = seenAt(path, subject, rules.confined);
    const judged = (grant: Grant): JudgedGrant => ({ grant, failed: failedCriteria(grant, seen, now) });
    return rules.at(path).map((rule, index) => ({ rule, decides: index === 0, grants: rule.grants.map(judged) }));
  });
  const scopes = subject.scopes.map((scope) => ({ scope, failed: failedOfScope(scope, resource.path, now) }));
  return { decision: decide(subject, resource, rules, now), scopes, steps };
}

/**
 * Whether there is a tier of so many pixels on its longer side: a rule names it for somebody, or a scope of `subject`
 * does, and not everybody sees the whole image.
 */
export function hasTier(
  subject: Subject,
  { tier: _, ...image }: Resource,
  tier: number,
  rules: RuleTree,
  now: number,
): boolean {
  if (!pathsOf(image, rules).some((path) => namesTier(subject, path, tier, rules, now))) return false;
  return decide(anonymous, image, rules, now).kind !== 'allowed';
}

/**
 * The paths whose rules are asked: where it really lies, and how it was named, if a rule holds there that is not overruled
 * by those of the other.
 */
function pathsOf({ path, named = path }: Resource, rules: RuleTree): readonly [Path] | readonly [Path, Path] {
  const byName = rules.closest(named);
  if (byName === rules.closest(path)) return [path];
  return rules.at(path).includes(byName) ? [path] : [path, named];
}

function namesTier(subject: Subject, path: readonly string[], tier: number, rules: RuleTree, now: number): boolean {
  const { grants } = rules.closest(path);
  return (
    grants.some((grant) => grant.pixels === tier && isInForce(grant, now)) ||
    scopesAt(path, subject, now).some(({ pixels }) => pixels === tier)
  );
}

/** Those of a subject that count at a path. */
function scopesAt(path: readonly string[], { scopes }: Subject, now: number): readonly Scope[] {
  return scopes.length === 0 ? scopes : scopes.filter((scope) => failedOfScope(scope, path, now).length === 0);
}

function decideAt(path: readonly string[], subject: Subject, wanted: number, rules: RuleTree, now: number): Decision {
  const closest = rules.closest(path);
  const seen = seenAt(path, subject, rules.confined);
  // An account that counts for nothing here is offered the login of a folder, as everybody; but not where no rule is.
  const offered = closest === rules.fallback ? subject : seen;
  const met = closest.grants.filter((grant) => failedCriteria(grant, seen, now).length === 0);
  const enough = met.filter(({ pixels }) => pixels >= wanted);
  const scopes = scopesAt(path, subject, now);
  const [first, ...others] = scopes.filter(({ pixels }) => pixels >= wanted);
  if (first) return allowedByScope([first, ...others], closest, enough);
  if (enough.length > 0) return allowed(closest, enough);
  const said = closest === rules.fallback ? 'no rule allows it' : closest.name;
  return refused(closest, said, { met: [...met, ...scopes], wanted, subject: offered, now });
}

function bothAllowed(decisions: Decisions): Decision {
  const [{ rule }] = decisions;
  const all = decisions.filter((decision) => decision.kind === 'allowed');
  const until = Math.min(...all.map((decision) => decision.until ?? Infinity));
  return {
    kind: 'allowed',
    rule,
    ...(all.some(({ byPlace }) => byPlace) && { byPlace: true }),
    ...(until !== Infinity && { until }),
  };
}

/** By scopes, and by the grants of the rule that are met without them. */
function allowedByScope(scopes: readonly [Scope, ...Scope[]], rule: Rule, met: readonly Grant[]): Decision {
  const lasting = scopes.reduce((one, other) => (other.until > one.until ? other : one));
  const until = Math.max(lasting.until, ...met.map((grant) => grant.until));
  return {
    kind: 'allowed',
    rule: met.length > 0 ? rule.name : lasting.name,
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
  said: string,
  {
    met,
    wanted,
    subject,
    now,
  }: {
    readonly met: readonly Pick<Grant, 'pixels'>[];
    readonly wanted: number;
    readonly subject: Subject;
    readonly now: number;
  },
): Decision {
  const smaller = met.map(({ pixels }) => pixels).filter((pixels) => pixels < wanted);
  const tier = smaller.length > 0 ? Math.max(...smaller) : undefined;
  const inForce = rule.grants.filter((grant) => isInForce(grant, now));
  const whole = inForce.filter(({ pixels }) => pixels >= wanted);
  // Where the whole cannot be come by, a larger picture than the one that is shown may be.
  const ways = whole.length > 0 ? whole : inForce.filter(({ pixels }) => pixels > (tier ?? 0));
  const pattern = ways.some((grant) => patternOf(grant) === rule.pattern) ? rule.pattern : firstPattern(ways);
  // A login is no way for those who are logged in.
  const isLost = pattern === undefined || (pattern === 'login' && subject.kind === 'user');
  const no = { rule: said, tier, ...(rule.notice && { notice: rule.notice }) };
  return isLost ? { kind: 'forbidden', ...no } : { kind: 'locked', ...no, pattern };
}
