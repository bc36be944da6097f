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

  decide(subject: Subject, resource: Resource): Decision {
    return decide(subject, resource, this.#rules(), this.#now());
  }

  /** How an anonymous visitor can get access to an image; `open` where that is not needed. */
  accessMethodOf(place: Pick<Resource, 'path' | 'named'>): AccessMethod {
    const decision = this.decide(anonymous, { kind: 'image', ...place });
    if (decision.kind === 'allowed') return OPEN;
    // Auth 1.0 has no word for "never": a login is what a viewer can offer, and it will not help.
    const pattern = decision.kind === 'locked' ? decision.pattern : 'login';
    return { kind: pattern, tier: decision.tier };
  }

  /** The same of an image or, where it is asked for, of its tier: that is missing where no rule names it. */
  decideOnImage(subject: Subject, resource: Resource): Decision | (Refusal & { readonly kind: 'missing' }) {
    const { tier } = resource;
    return tier === undefined || hasTier(subject, resource, tier, this.#rules(), this.#now())
      ? this.decide(subject, resource)
      : { kind: 'missing', message: 'There is no smaller image of this identifier.' };
  }
}
