import { decide, hasTier, type Decision } from '../access/decide.ts';
import type { Resource } from '../access/resource.ts';
import type { AccessMethod } from '../access/rules.ts';
import type { RuleTree } from '../access/ruleTree.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import type { Refusal } from './verdict.ts';

const OPEN: AccessMethod = Object.freeze({ kind: 'open' });

/** Asks the rules that are in force now. */
export class Judge {
  readonly #rules: () => RuleTree;
  readonly #now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(rules: () => RuleTree, now: () => number) {
    this.#rules = rules;
    this.#now = now;
  }

  /** Another object whenever anybody may see something else than before. */
  get rules(): RuleTree {
    return this.#rules();
  }

  decide(subject: Subject, kind: Resource['kind'], path: readonly string[]): Decision {
    return decide(subject, { kind, path }, this.#rules(), this.#now());
  }

  /** How an anonymous visitor can get access to an image; `open` where that is not needed. */
  accessMethodOf(path: readonly string[]): AccessMethod {
    const decision = this.decide(anonymous, 'image', path);
    if (decision.kind === 'allowed') return OPEN;
    // Auth 1.0 has no word for "never": a login is what a viewer can offer, and it will not help.
    const pattern = decision.kind === 'locked' ? decision.pattern : 'login';
    return { kind: pattern, tier: decision.tier };
  }

  /** A tier is one that the rule of the image names, as long as the image itself is not for everybody. */
  ofTier(subject: Subject, path: readonly string[], tier: number): Decision | (Refusal & { readonly kind: 'missing' }) {
    const now = this.#now();
    return hasTier(subject, path, tier, this.#rules(), now)
      ? decide(subject, { kind: 'image', path, tier }, this.#rules(), now)
      : { kind: 'missing', message: 'There is no smaller image of this identifier.' };
  }
}
