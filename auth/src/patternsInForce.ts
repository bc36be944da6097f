import { makeRule, type Rule } from './access/rules.ts';
import type { RuleTree } from './access/ruleTree.ts';
import type { FolderSetting } from './config/patterns.ts';
import type { Catalogue } from './images/catalogue/catalogue.ts';
import { ImagesUnavailable } from './images/catalogue/disk.ts';
import { findNamed, type NamedFolder } from './images/catalogue/namedFolder.ts';
import type { Log } from './shared/log.ts';

/** A folder with a pattern, and the variable that says so. */
export type Setting = FolderSetting & { readonly variable: string };

/**
 * The rules of the folders with a pattern, as long as these are what they were. Rules are asked about where a file really
 * lies, so the pattern of a link holds for the folder that it leads to. A name that names nothing is said, because what
 * was to be closed by it is open.
 */
export class PatternsInForce {
  readonly #settings: readonly Setting[];
  readonly #catalogue: Catalogue;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #complete: (rules: readonly Rule[]) => RuleTree;
  /** What was last said, by the path that it was said of. */
  #said: ReadonlyMap<string, Remark> = new Map();
  #rules: RuleTree;

  /** `complete`: puts the other rules to those of the folders. */
  constructor(
    settings: readonly Setting[],
    catalogue: Catalogue,
    log: Pick<Log, 'info' | 'warn'>,
    complete: (rules: readonly Rule[]) => RuleTree,
  ) {
    this.#settings = settings;
    this.#complete = complete;
    this.#catalogue = catalogue;
    this.#log = log;
    this.#rules = complete(settings.map(ruleOf));
  }

  get rules(): RuleTree {
    return this.#rules;
  }

  /** Looks at what the folders are now. Where the disk does not answer all stays as it is. */
  async refresh(): Promise<void> {
    let named: NamedFolder[];
    try {
      named = await Promise.all(this.#settings.map(({ folder }) => findNamed(this.#catalogue, folder)));
    } catch (error) {
      if (error instanceof ImagesUnavailable) return;
      throw error;
    }
    const remarks = new Map<string, Remark>();
    const behindLinks: Setting[] = [];
    for (const [index, setting] of this.#settings.entries()) {
      const found = named[index];
      if (found?.kind === 'elsewhere') behindLinks.push({ ...setting, folder: found.real });
      if (found && found.kind !== 'there') remarks.set(...remarkOn(setting, found));
    }
    // What is said of a folder by its own name comes before what is said of it by a link.
    this.#rules = this.#complete([...this.#settings, ...behindLinks].map(ruleOf));
    this.#say(remarks);
  }

  #say(remarks: ReadonlyMap<string, Remark>): void {
    for (const [path, { level, variable, message }] of remarks) {
      if (this.#said.get(path)?.message !== message) this.#log[level]({ variable }, message);
    }
    for (const [path, { variable }] of this.#said) {
      if (!remarks.has(path)) this.#log.info({ variable }, `the folder "${path}" is there again`);
    }
    this.#said = remarks;
  }
}

function ruleOf({ folder, pattern, addresses, tier }: Setting): Rule {
  return makeRule({ where: folder, access: pattern, networks: addresses, tier });
}

type Remark = { readonly level: 'warn' | 'info'; readonly variable: string; readonly message: string };

/** By the part that is missing: ten folders in one that is not there are one mistake. */
function remarkOn({ folder, variable }: Setting, found: Exclude<NamedFolder, { kind: 'there' }>): [string, Remark] {
  if (found.kind === 'elsewhere') {
    const [path, real] = [folder.join('/'), found.real.join('/')];
    const message = `"${path}" is a link: what ${variable} says of it holds for the folder "${real}"`;
    return [path, { level: 'info', variable, message }];
  }
  const path = found.missing.join('/');
  const meant = found.nearest === undefined ? '' : `; was "${found.nearest.join('/')}" meant?`;
  const message = `there is no folder "${path}" in IMAGE_DIR: what ${variable} says of it holds for nothing${meant}`;
  return [path, { level: 'warn', variable, message }];
}
