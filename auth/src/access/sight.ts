import { decide } from './decide.ts';
import type { Resource } from './resource.ts';
import type { RuleTree } from './ruleTree.ts';
import type { Subject } from './subject.ts';

/** How much somebody sees: pixels on the longer side; `Infinity` for all, 0 for nothing. */
export function sightOf(subject: Subject, resource: Resource, rules: RuleTree, now: number): number {
  const decision = decide(subject, resource, rules, now);
  return decision.kind === 'allowed' ? Infinity : (decision.tier ?? 0);
}
