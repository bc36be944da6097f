import type { Changing } from '../shared/storeCache.ts';
import { Conflict, Refused } from '../identity/errors.ts';
import type { Rule } from '../access/rules.ts';
import { readAccessValue } from './accessFile.ts';
import { isPlace } from './schema.ts';

/** The parts of an access.yml: folders, and networks and texts that have a name. */
export const SECTIONS = ['networks', 'texts', 'folders'] as const;

/** What an access.yml says; each value as JSON. */
export type RuleDocument = Readonly<Record<(typeof SECTIONS)[number], Readonly<Record<string, string>>>>;

/** The document whose sections these are. */
export function documentBy(
  sectionOf: (name: (typeof SECTIONS)[number]) => Readonly<Record<string, string>>,
): RuleDocument {
  return { networks: sectionOf('networks'), texts: sectionOf('texts'), folders: sectionOf('folders') };
}

/** Where rules are kept that stand in no file; implemented in `database/`. Every method throws `StoreUnavailable`. */
export interface RuleRepository extends Changing {
  load(): Promise<RuleDocument>;
  /** Another text after each change of the rules. */
  revision(): Promise<string>;
  /** Puts the one in the place of all that there is. Answers whether it was `expected`, without which nothing is done. */
  replace(document: RuleDocument, expected: RuleDocument): Promise<boolean>;
}

/** What rules that are kept in the database are called by, as those of a file are by its name. */
export const PANEL = 'panel';

/** One line of what is changed. `undefined`: there is, or there was, none. */
export type RuleChange = {
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** The rules of the database, and how they are changed: by the panel and the command line. */
export class StoredRules {
  readonly #repository: RuleRepository;
  readonly #roles: () => Promise<readonly string[]>;

  /** `roles`: the names of those that there are. */
  constructor(repository: RuleRepository, roles: () => Promise<readonly string[]>) {
    this.#repository = repository;
    this.#roles = roles;
  }

  /** Another text whenever anything in the database has changed. @throws StoreUnavailable */
  state(): Promise<string> {
    return this.#repository.state();
  }

  /** Another text whenever the rules have changed. @throws StoreUnavailable */
  revision(): Promise<string> {
    return this.#repository.revision();
  }

  /** @throws StoreUnavailable */
  document(): Promise<RuleDocument> {
    return this.#repository.load();
  }

  /** The names of the roles that there are. @throws StoreUnavailable */
  roles(): Promise<readonly string[]> {
    return this.#roles();
  }

  /** The rules that are kept. @throws StoreUnavailable; Refused where somebody wrote into the database what is none */
  async rules(): Promise<readonly Rule[]> {
    return rulesOf(await this.document());
  }

  /** The rule of a place, JSON; `undefined` where none is kept. @throws StoreUnavailable */
  async of(place: string): Promise<string | undefined> {
    return ownOf((await this.document()).folders, place);
  }

  /**
   * Says who sees what is at a place. `rule`: JSON, as in an access.yml; `undefined` takes the rule away.
   * @param seen what the rule was when somebody decided on the new one
   * @throws Refused where it is no rule, or names a role that is not there; Conflict where it is another by now
   */
  async set(place: string, rule: string | undefined, seen: { readonly rule: string | undefined }): Promise<void> {
    const before = await this.document();
    const was = ownOf(before.folders, place);
    if (seen.rule !== was) {
      const now = was === undefined ? 'there is none any more' : `it is ${was} now`;
      throw new Conflict('rule', `Somebody has changed the rule of ${place} in the meantime: ${now}.`);
    }
    if (rule === undefined && was === undefined) throw new Refused('place', `There is no rule for ${place}.`);
    await this.#replace(withRule(before, place, rule), before);
  }

  /** The rules as they would be with such a rule, and nothing is changed. @throws Refused as {@link set} */
  async tried(place: string, rule: string | undefined): Promise<readonly Rule[]> {
    const document = withRule(await this.document(), place, rule);
    await this.#check(document);
    return rulesOf(document);
  }

  /**
   * Puts the rules of a place, and of all below it, where another one is: of a folder that has another name now.
   * @throws Refused where there is none, or one is there already; Conflict
   */
  async move(from: string, to: string): Promise<readonly RuleChange[]> {
    if (!isPlace(to) || to === '.') throw new Refused('to', `${to} is not the path of a folder or an image.`);
    const before = await this.document();
    const isMoved = (place: string): boolean => place === from || place.startsWith(`${from}/`);
    const [moved, others] = [true, false].map((which) =>
      Object.entries(before.folders).filter(([place]) => isMoved(place) === which),
    );
    if (!moved || moved.length === 0 || !others)
      throw new Refused('place', `No rule for ${from} is kept in the panel; what stands in a file is changed there.`);
    const there = new Set(others.map(([place]) => place));
    const after = moved.map(([place, rule]) => [to + place.slice(from.length), rule] as const);
    const taken = after.find(([place]) => there.has(place));
    if (taken) throw new Refused('to', `There is a rule for ${taken[0]} already.`);
    return this.import({ ...before, folders: Object.fromEntries([...others, ...after]) });
  }

  /** What would be changed by a whole document in the place of all that there is. @throws Refused */
  async diff(document: RuleDocument): Promise<readonly RuleChange[]> {
    await this.#check(document);
    return changesBetween(await this.document(), document);
  }

  /** Puts it there: all of it, or nothing. @throws Refused; Conflict where somebody has changed something in the meantime */
  async import(document: RuleDocument): Promise<readonly RuleChange[]> {
    const before = await this.document();
    await this.#replace(document, before);
    return changesBetween(before, document);
  }

  async #replace(after: RuleDocument, before: RuleDocument): Promise<void> {
    await this.#check(after);
    if (await this.#repository.replace(after, before)) return;
    throw new Conflict('rule', 'Somebody has changed the rules in the meantime. Look at them again.');
  }

  async #check(document: RuleDocument): Promise<void> {
    const there = new Set(await this.#roles());
    for (const { name, grants } of rulesOf(document)) {
      const unknown = grants.flatMap(({ who }) => who.roles).find((role) => !there.has(role));
      if (unknown !== undefined) throw new Refused('rule', `${name}: there is no role "${unknown}".`);
    }
  }
}

function withRule(document: RuleDocument, place: string, rule: string | undefined): RuleDocument {
  const others = Object.entries(document.folders).filter(([name]) => name !== place);
  return { ...document, folders: Object.fromEntries(rule === undefined ? others : [...others, [place, rule]]) };
}

/** @throws Refused, with all that is wrong with it */
function rulesOf(document: RuleDocument): readonly Rule[] {
  const file = readAccessValue(Object.fromEntries(SECTIONS.map((one) => [one, valuesOf(document[one])])), PANEL);
  if (file.kind === 'wrong') throw new Refused('rule', file.faults.map(({ message }) => message).join('\n'));
  return file.rules;
}

function valuesOf(texts: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text) as unknown]));
}

function changesBetween(before: RuleDocument, after: RuleDocument): readonly RuleChange[] {
  const entries = (one: RuleDocument): Map<string, string> =>
    new Map(
      SECTIONS.flatMap((section) =>
        Object.entries(one[section]).map(([name, value]) => [titleOf(section, name), value] as const),
      ),
    );
  const [old, next] = [entries(before), entries(after)];
  const changes = [...new Set([...old.keys(), ...next.keys()])].map((place) => {
    return { place, before: old.get(place), after: next.get(place) };
  });
  return changes.filter((change) => change.before !== change.after).sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** A folder has its path alone. */
function titleOf(section: (typeof SECTIONS)[number], name: string): string {
  return section === 'folders' ? name : `${section}: ${name}`;
}

function ownOf(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
