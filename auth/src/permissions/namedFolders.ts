import { makeRule, type Rule } from '../access/rules.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import { ImagesUnavailable } from '../images/catalogue/disk.ts';
import { findNamed, type NamedFolder } from '../images/catalogue/namedFolder.ts';
import type { Log } from '../shared/log.ts';
import { Pauses } from '../shared/pauses.ts';
import { remarkOn, SaidRemarks, type Remark } from './remarks.ts';

/** Folders that are looked at together: tiles ask the same disk. */
const TOGETHER = 200;

/**
 * What the paths that rules name lead to. Rules are asked about where a file really lies, so what is said of a link holds
 * for the folder that it leads to. A name that names nothing is said, because what was to be closed by it is open.
 */
export class NamedFolders {
  readonly #catalogue: Catalogue;
  /** By the paths that it was said of. */
  readonly #said: SaidRemarks;
  /** Of each rule, at the last look. */
  readonly #found = new WeakMap<Rule, NamedFolder>();
  #behindLinks: readonly Rule[] = [];

  constructor(catalogue: Catalogue, log: Pick<Log, 'info' | 'warn'>) {
    this.#catalogue = catalogue;
    this.#said = new SaidRemarks(log, (path) => `the folder "${path}" is there again`);
  }

  /** The rules of links as rules of where they lead, at the last look. */
  get behindLinks(): readonly Rule[] {
    return this.#behindLinks;
  }

  /** What was said at the last look. */
  get remarks(): readonly Remark[] {
    return this.#said.all;
  }

  /**
   * Looks at what the rules name, all of it or what was not named at the last look; where the disk does not answer all
   * stays as it is. Answers whether any link leads elsewhere than before.
   */
  async look(rules: readonly Rule[], which: 'all' | 'new'): Promise<boolean> {
    if (!(await this.#find(which === 'all' ? rules : rules.filter((rule) => !this.#found.has(rule))))) return false;
    const remarks = new Map<string, Remark>();
    const behindLinks: Rule[] = [];
    const pauses = new Pauses();
    for (const rule of rules) {
      if (pauses.due) await pauses.take();
      const found = this.#found.get(rule);
      if (found === undefined || found.kind === 'there') continue;
      if (found.kind === 'elsewhere') behindLinks.push(makeRule({ ...rule, where: found.real }));
      remarks.set(...remarkOn(rule, found));
    }
    this.#said.say(
      remarks,
      () => new Set(rules.flatMap(({ where }) => where.map((_, depth) => where.slice(0, depth + 1).join('/')))),
    );
    const before = this.#behindLinks.map(placeOf);
    this.#behindLinks = behindLinks;
    return behindLinks.map(placeOf).join('\n') !== before.join('\n');
  }

  /** Answers whether the disk does. */
  async #find(rules: readonly Rule[]): Promise<boolean> {
    try {
      for (let from = 0; from < rules.length; from += TOGETHER) {
        const some = rules.slice(from, from + TOGETHER);
        const look = async (rule: Rule) => [rule, await findNamed(this.#catalogue, rule.where)] as const;
        for (const [rule, found] of await Promise.all(some.map(look))) this.#found.set(rule, found);
      }
      return true;
    } catch (error) {
      if (error instanceof ImagesUnavailable) return false;
      throw error;
    }
  }
}

function placeOf({ name, where }: Rule): string {
  return `${name} ${where.join('/')}`;
}
