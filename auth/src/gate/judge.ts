import { decide, type Decision } from '../access/decide.ts';
import type { Resource } from '../access/resource.ts';
import type { AccessMethod } from '../access/rules.ts';
import type { RuleTree } from '../access/ruleTree.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import type { Allowed, Refusal } from './verdict.ts';

const OPEN: AccessMethod = Object.freeze({ kind: 'open' });

/** Asks the rules that are in force now. */
export class Judge {
  readonly #rules: () => RuleTree;

  constructor(rules: () => RuleTree) {
    this.#rules = rules;
  }

  decide(subject: Subject, kind: Resource['kind'], path: readonly string[]): Decision {
    return decide(subject, { kind, path }, this.#rules());
  }

  /** How an anonymous visitor can get access to an image; `open` where that is not needed. */
  accessMethodOf(path: readonly string[]): AccessMethod {
    const decision = this.decide(anonymous, 'image', path);
    if (decision.kind === 'allowed') return OPEN;
    // Auth 1.0 has no word for "never": a login is what a viewer can offer, and it will not help.
    const pattern = decision.kind === 'locked' ? decision.pattern : 'login';
    return { kind: pattern, tier: decision.tier };
  }

  /** A tier is open to everybody where it is the one that the full image offers, and nowhere else. */
  ofTier(path: readonly string[], tier: number): Allowed | (Refusal & { readonly kind: 'missing' }) {
    const method = this.accessMethodOf(path);
    return method.kind !== 'open' && method.tier === tier
      ? { kind: 'allowed', rule: 'a tier is for everybody' }
      : { kind: 'missing', message: 'There is no smaller image of this identifier.' };
  }
}
