import type { Rule } from '../access/rules.ts';
import type { NamedFolder } from '../images/catalogue/namedFolder.ts';
import { nearest } from '../images/catalogue/nearest.ts';
import type { Log } from '../shared/log.ts';

/** What is wrong, for those who say it in words of their own. `meant`: what was probably meant. */
type About =
  | { readonly kind: 'gone'; readonly path: readonly string[]; readonly meant: string | undefined }
  | { readonly kind: 'link' }
  | { readonly kind: 'role'; readonly role: string; readonly meant: string | undefined };

/** What is to be said of a rule. */
export type Remark = {
  readonly level: 'warn' | 'info';
  readonly rule: string;
  readonly message: string;
  readonly about: About;
};

/**
 * What is to be said of a rule whose folder is not where its name says, and the path that it is said of: the part that is
 * missing, because ten folders in one that is not there are one mistake.
 */
export function remarkOn(
  { where, name: rule }: Rule,
  found: Exclude<NamedFolder, { kind: 'there' }>,
): [string, Remark] {
  if (found.kind === 'elsewhere') {
    const [path, real] = [where.join('/'), found.real.join('/')];
    const message = `"${path}" is a link: what its rule says holds for the folder "${real}"`;
    return [path, { level: 'info', rule, message, about: { kind: 'link' } }];
  }
  const path = found.missing.join('/');
  const meant = found.nearest?.join('/');
  const message = `there is no folder "${path}" in IMAGE_DIR: the rule for it holds for nothing${asked(meant)}`;
  return [path, { level: 'warn', rule, message, about: { kind: 'gone', path: found.missing, meant } }];
}

/** What is to be said of roles that rules name and that are not there, by their names. */
export function remarksOnRoles(rules: readonly Rule[], roles: readonly string[]): ReadonlyMap<string, Remark> {
  const there = new Set(roles);
  const remarks = new Map<string, Remark>();
  // Most rules say what others say.
  const looked = new Set<Rule['grants']>();
  for (const { name: rule, grants } of rules) {
    if (looked.has(grants)) continue;
    looked.add(grants);
    for (const role of grants.flatMap(({ who }) => who.roles)) {
      if (there.has(role) || remarks.has(role)) continue;
      const meant = nearest(role, roles);
      const message = `there is no role "${role}", so nobody has it${asked(meant)}`;
      remarks.set(role, { level: 'warn', rule, message, about: { kind: 'role', role, meant } });
    }
  }
  return remarks;
}

function asked(meant: string | undefined): string {
  return meant === undefined ? '' : `; was "${meant}" meant?`;
}

/** Says each remark once, and when it is none any more. */
export class SaidRemarks {
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #again: (name: string) => string;
  #said: ReadonlyMap<string, Remark> = new Map();

  /** `again`: what is said of a name that is there again. */
  constructor(log: Pick<Log, 'info' | 'warn'>, again: (name: string) => string) {
    this.#log = log;
    this.#again = again;
  }

  /** As they were last said. */
  get all(): readonly Remark[] {
    return [...this.#said.values()];
  }

  /** By what they are said of; `named`: all that rules name now, asked for where something is none any more. */
  say(remarks: ReadonlyMap<string, Remark>, named: () => ReadonlySet<string>): void {
    for (const [name, { level, rule, message }] of remarks) {
      if (this.#said.get(name)?.message !== message) this.#log[level]({ rule }, message);
    }
    const over = [...this.#said].filter(([name]) => !remarks.has(name));
    const there = over.length > 0 ? named() : new Set();
    for (const [name, { rule }] of over) if (there.has(name)) this.#log.info({ rule }, this.#again(name));
    this.#said = remarks;
  }
}
