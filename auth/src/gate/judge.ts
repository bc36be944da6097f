import { decide, hasTier, type Decision } from '../access/decide.ts';
import { closestRules, decideOnMention, isProtected, type Place } from '../access/mention.ts';
import type { Resource } from '../access/resource.ts';
import type { AccessMethod } from '../access/rules.ts';
import type { RuleTree } from '../access/ruleTree.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import { wayTo } from '../iiif/accessTexts.ts';
import type { Denial, Refusal } from './verdict.ts';

const OPEN: AccessMethod = Object.freeze({ kind: 'open' });

/** Asks the rules that are in force now. */
export class Judge {
  readonly #rules: () => RuleTree;
  readonly #now: () => number;
  readonly #manifestsProtected: boolean;

  /** `now`: milliseconds since 1970. `manifestsProtected`: whether manifests are, where no rule says it. */
  constructor(rules: () => RuleTree, now: () => number, manifestsProtected: boolean) {
    this.#rules = rules;
    this.#now = now;
    this.#manifestsProtected = manifestsProtected;
  }

  /** Another object whenever anybody may see something else than before. */
  get rules(): RuleTree {
    return this.#rules();
  }

  decide(subject: Subject, resource: Resource): Decision {
    return decide(subject, resource, this.#rules(), this.#now());
  }

  /** Whether only those hear of what is at a place who may see it. */
  isProtected(place: Place): boolean {
    return isProtected(place, this.#rules(), this.#manifestsProtected);
  }

  /** Whether the same rules decide on both. */
  areAlike(one: Place, other: Place): boolean {
    const [rules, others] = [closestRules(one, this.#rules()), closestRules(other, this.#rules())];
    return rules.every((rule) => others.includes(rule)) && others.every((rule) => rules.includes(rule));
  }

  /** Whether somebody may hear of what is at a place that is protected. */
  decideOnMention(subject: Subject, place: Place): Decision {
    return decideOnMention(subject, place, this.#rules(), this.#now());
  }

  /** How an anonymous visitor can get access to an image; `open` where that is not needed. */
  accessMethodOf(place: Place): AccessMethod {
    const decision = this.decide(anonymous, { kind: 'image', ...place });
    if (decision.kind === 'allowed') return OPEN;
    return methodAfter(decision);
  }

  /** The same of an image or, where it is asked for, of its tier: that is missing where no rule names it. */
  decideOnImage(subject: Subject, resource: Resource): Decision | (Refusal & { readonly kind: 'missing' }) {
    const { tier } = resource;
    return tier === undefined || hasTier(subject, resource, tier, this.#rules(), this.#now())
      ? this.decide(subject, resource)
      : { kind: 'missing', message: 'There is no smaller image of this identifier.' };
  }
}

/** How somebody can come to see what was refused. */
export function methodAfter(denial: Denial): AccessMethod {
  const { pattern, notice } = wayTo(denial);
  return { kind: pattern, tier: denial.tier, ...(notice && { notice }) };
}
