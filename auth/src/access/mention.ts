import { decide, type Decision } from './decide.ts';
import type { Resource } from './resource.ts';
import type { Rule } from './rules.ts';
import type { RuleTree } from './ruleTree.ts';
import type { Subject } from './subject.ts';

/** Where something lies, and how it was named. */
export type Place = Pick<Resource, 'path' | 'named'>;

/** The rules that decide on a place: of where it really lies, and of how it was named. */
export function closestRules({ path, named = path }: Place, rules: RuleTree): readonly Rule[] {
  return [path, named].map((one) => rules.closest(one));
}

/** Whether manifests and collections name what is at a place to those alone who may see it. `byDefault`: where no rule says it. */
export function isProtected(place: Place, rules: RuleTree, byDefault: boolean): boolean {
  return closestRules(place, rules).some(({ manifest }) =>
    manifest === undefined ? byDefault : manifest === 'protected',
  );
}

/** Whether somebody may hear of what is at a place that is protected: who sees it in whatever size. Pure and total. */
export function decideOnMention(subject: Subject, place: Place, rules: RuleTree, now: number): Decision {
  const decision = decide(subject, { kind: 'manifest', ...place }, rules, now);
  if (decision.kind === 'allowed' || decision.tier === undefined) return decision;
  return decide(subject, { kind: 'manifest', ...place, tier: decision.tier }, rules, now);
}
