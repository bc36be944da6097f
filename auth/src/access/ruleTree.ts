import type { Confinement } from './demoAccount.ts';
import { DEFAULT_RULE, patternOf, type Pattern, type Rule } from './rules.ts';

/** All rules that hold somewhere, the closest first; the last is the default. */
export type RulesOfPlace = readonly [Rule, ...Rule[]];

type Branch = { rules: RulesOfPlace; readonly below: Map<string, Branch> };

/**
 * Rules, indexed by path: a lookup costs the depth of the path, however many rules there are. Of two for the same folder
 * the first comes first. Names are the same in whichever of its two ways an é is stored, because operators cannot see
 * which one their disk has.
 */
export class RuleTree {
  readonly rules: readonly Rule[];
  /** Accounts that do not count everywhere. */
  readonly confined: Confinement | undefined;
  /** By pattern: the IP addresses and networks (CIDR) at which some grant of it can be met. */
  readonly networks: ReadonlyMap<Pattern, readonly string[]>;
  readonly #root: Branch = { rules: [DEFAULT_RULE], below: new Map() };

  constructor(rules: readonly Rule[], confined?: Confinement) {
    this.rules = rules;
    this.confined = confined;
    this.networks = networksOf(rules);
    const last = rules.toReversed().sort((a, b) => a.where.length - b.where.length);
    // From the top, so that each takes over what holds above it.
    for (const rule of last) this.#add(rule);
  }

  /** What holds for a file or a folder. */
  at(path: readonly string[]): RulesOfPlace {
    let branch = this.#root;
    for (const part of path) {
      if (branch.below.size === 0) break; // most are leaves, and names take their time
      const next = branch.below.get(part) ?? branch.below.get(part.normalize('NFC'));
      if (!next) break;
      branch = next;
    }
    return branch.rules;
  }

  #add(rule: Rule): void {
    let branch = this.#root;
    for (const part of rule.where.map((one) => one.normalize('NFC'))) {
      let next = branch.below.get(part);
      if (!next) branch.below.set(part, (next = { rules: branch.rules, below: new Map() }));
      branch = next;
    }
    branch.rules = [rule, ...branch.rules];
  }
}

function networksOf(rules: readonly Rule[]): ReadonlyMap<Pattern, readonly string[]> {
  const found = new Map<Pattern, Set<string>>();
  for (const grant of rules.flatMap(({ grants }) => grants)) {
    const pattern = patternOf(grant);
    if (pattern === undefined) continue;
    const networks = found.get(pattern) ?? new Set();
    found.set(pattern, networks);
    for (const network of grant.who.networks) networks.add(network);
  }
  return new Map([...found].map(([pattern, networks]) => [pattern, [...networks]]));
}
