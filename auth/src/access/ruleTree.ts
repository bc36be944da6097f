import type { Confinement } from './demoAccount.ts';
import type { Notice } from './notice.ts';
import { FALLBACKS, patternOf, type Pattern, type Rule } from './rules.ts';

/** All rules that hold somewhere, the closest first; the last is the default. */
export type RulesOfPlace = readonly [Rule, ...Rule[]];

const NO_RULES: readonly Rule[] = Object.freeze([]);

/** `rule`: of this very place; `overruled`: the others of it, which no place has but by mistake. Most are leaves. */
type Branch = { rule: Rule | undefined; overruled: readonly Rule[]; below: Map<string, Branch> | undefined };

export type RuleTreeOptions = { readonly confined?: Confinement | undefined; readonly fallback?: Rule };

/**
 * Rules, indexed by path: a lookup costs the depth of the path, however many rules there are. Of two for the same folder
 * the first comes first. Names are the same in whichever of its two ways an é is stored, because operators cannot see
 * which one their disk has.
 */
export class RuleTree {
  /** Accounts that do not count everywhere. */
  readonly confined: Confinement | undefined;
  /** What holds where no other rule does. */
  readonly fallback: Rule;
  readonly #root = newBranch();
  readonly #rules: Rule[] = [];
  readonly #notices = new Map<string, Notice>();
  /** Of all rules; where several have the same they are here once. */
  readonly #grants = new Set<Rule['grants']>();
  #networks: ReadonlyMap<Pattern, readonly string[]> | undefined;

  constructor(rules: readonly Rule[], { confined, fallback = FALLBACKS.users }: RuleTreeOptions = {}) {
    this.confined = confined;
    this.fallback = fallback;
    for (const rule of rules) this.#add(rule);
  }

  /** The same, rule by rule: others can have their turn in between. */
  static *inSteps(rules: readonly Rule[], options: RuleTreeOptions): Generator<undefined, RuleTree> {
    const tree = new RuleTree([], options);
    for (const rule of rules) {
      tree.#add(rule);
      yield;
    }
    return tree;
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  /** By pattern: the IP addresses and networks (CIDR) at which some grant of it can be met. */
  get networks(): ReadonlyMap<Pattern, readonly string[]> {
    return (this.#networks ??= networksOf(this.#grants));
  }

  /** What rules have said to those whom they refuse, by its name. */
  get notices(): ReadonlyMap<string, Notice> {
    return this.#notices;
  }

  /** The next moment at which a grant begins or ends; milliseconds since 1970, `Infinity` where there is none. */
  turnAfter(now: number): number {
    let next = Infinity;
    for (const { from, until } of [...this.#grants].flat()) {
      if (from > now && from < next) next = from;
      if (until > now && until < next) next = until;
    }
    return next;
  }

  /** What holds for a file or a folder. */
  at(path: readonly string[]): RulesOfPlace {
    const found: Rule[] = [this.fallback];
    for (const { rule, overruled } of this.#wayTo(path)) if (rule) found.unshift(rule, ...overruled);
    const [closest = this.fallback, ...others] = found;
    return [closest, ...others];
  }

  /** The first of them, which is all that most decisions look at. */
  closest(path: readonly string[]): Rule {
    let branch = this.#root;
    let closest = branch.rule ?? this.fallback;
    for (const part of path) {
      const next = below(branch, part);
      if (!next) break;
      closest = next.rule ?? closest;
      branch = next;
    }
    return closest;
  }

  /** The branches from the top to a path, as far as there are any. */
  *#wayTo(path: readonly string[]): Generator<Branch> {
    let branch: Branch | undefined = this.#root;
    yield branch;
    for (const part of path) {
      branch = below(branch, part);
      if (!branch) return;
      yield branch;
    }
  }

  #add(rule: Rule): void {
    this.#rules.push(rule);
    this.#grants.add(rule.grants);
    if (rule.notice) this.#notices.set(rule.notice.id, rule.notice);
    let branch = this.#root;
    for (const part of rule.where.map((one) => one.normalize('NFC'))) {
      branch.below ??= new Map();
      let next = branch.below.get(part);
      if (!next) branch.below.set(part, (next = newBranch()));
      branch = next;
    }
    if (branch.rule) branch.overruled = [...branch.overruled, rule];
    else branch.rule = rule;
  }
}

function newBranch(): Branch {
  return { rule: undefined, overruled: NO_RULES, below: undefined };
}

/** Most names are in the form in which they are kept, and to bring them into it takes its time. */
function below({ below: branches }: Branch, part: string): Branch | undefined {
  return branches && (branches.get(part) ?? branches.get(part.normalize('NFC')));
}

function networksOf(all: Iterable<Rule['grants']>): ReadonlyMap<Pattern, readonly string[]> {
  const found = new Map<Pattern, Set<string>>();
  for (const grant of [...all].flat()) {
    const pattern = patternOf(grant);
    if (pattern === undefined) continue;
    const networks = found.get(pattern) ?? new Set();
    found.set(pattern, networks);
    for (const network of grant.who.networks) networks.add(network);
  }
  return new Map([...found].map(([pattern, networks]) => [pattern, [...networks]]));
}
