import { SharedGrants } from '../access/sharedGrants.ts';
import type { Rule } from '../access/rules.ts';
import { Refused } from '../identity/errors.ts';
import { Pauses } from '../shared/pauses.ts';
import { readAccessValue } from './accessFile.ts';
import { documentOfEntries, type RuleEntry } from './ruleEntries.ts';
import { quoted } from './yamlFile.ts';

/** Folders that are read without a pause: a few milliseconds. */
const AT_ONCE = 200;
/** Folders that are read although others are wrong, so that more than one fault is named. */
const NAMED = 20;

type Read = { readonly entry: RuleEntry; readonly rule: Rule };

/**
 * What rules say that are kept somewhere, read. Of the next state of it only what is another than before is read, and in pieces, in
 * whose pauses others have their turn: a hundred thousand rules take more than a second.
 */
export class RuleReading {
  readonly #source: string;
  /** All but the folders. */
  readonly #named: readonly RuleEntry[];
  readonly #folders: ReadonlyMap<string, Read>;
  readonly #shared: SharedGrants;

  /** What there is before anything is read. `source`: what the rules are called by. */
  static nothing(source: string): RuleReading {
    return new RuleReading(source, [], new Map(), new SharedGrants());
  }

  private constructor(
    source: string,
    named: readonly RuleEntry[],
    folders: ReadonlyMap<string, Read>,
    shared: SharedGrants,
  ) {
    this.#source = source;
    this.#named = named;
    this.#folders = folders;
    this.#shared = shared;
  }

  /** In the order of the entries. What is said as before is the same object. */
  get rules(): readonly Rule[] {
    return Array.from(this.#folders.values(), ({ rule }) => rule);
  }

  /** @throws Refused, with what is wrong with it */
  async next(entries: readonly RuleEntry[]): Promise<RuleReading> {
    const named = entries.filter(({ section }) => section !== 'folders');
    // A rule may be about any of them.
    const before = isSame(named, this.#named) ? this : RuleReading.nothing(this.#source);
    const shared = before === this ? this.#shared : new SharedGrants();
    const folders = new Map<string, Read | undefined>();
    const unread: RuleEntry[] = [];
    const faults: string[] = [];
    const spelled = new Set<string>();
    const pauses = new Pauses();
    for (const entry of entries) {
      if (entry.section !== 'folders') continue;
      if (pauses.due) await pauses.take();
      const known = before.#folders.get(entry.name);
      folders.set(entry.name, known?.entry.value === entry.value ? known : undefined);
      if (known?.entry.value !== entry.value) unread.push(entry);
      const alike = entry.name.normalize('NFC');
      if (spelled.has(alike)) faults.push(`${quoted(entry.name)} is named twice`);
      spelled.add(alike);
    }
    for (let from = 0; (from === 0 || from < unread.length) && faults.length < NAMED; from += AT_ONCE) {
      if (pauses.due) await pauses.take();
      const some = unread.slice(from, from + AT_ONCE);
      const read = readEntries([...named, ...some], this.#source, shared);
      if (typeof read === 'string') faults.push(read);
      else for (const one of read) folders.set(one.entry.name, one);
    }
    if (faults.length > 0) throw new Refused('rule', faults.join('\n'));
    return new RuleReading(this.#source, named, folders as ReadonlyMap<string, Read>, shared);
  }
}

/** What is wrong with them, where something is. */
function readEntries(entries: readonly RuleEntry[], source: string, shared: SharedGrants): readonly Read[] | string {
  const document = documentOfEntries(entries);
  const values = Object.entries(document).map(([section, texts]) => [section, valuesOf(texts)] as const);
  const read = readAccessValue(Object.fromEntries(values), source, shared);
  if (read.kind === 'wrong') return read.faults.map(({ message }) => message).join('\n');
  const byName = new Map(read.rules.map((rule) => [rule.name, rule]));
  const folders: Read[] = [];
  for (const entry of entries) {
    if (entry.section !== 'folders') continue;
    const rule = byName.get(`${source}: ${entry.name}`);
    if (!rule) return `${quoted(entry.name)} cannot be named`;
    folders.push({ entry, rule });
  }
  return folders;
}

function valuesOf(texts: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text) as unknown]));
}

function isSame(one: readonly RuleEntry[], other: readonly RuleEntry[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ section, name, value }, index) => {
      const before = other[index];
      return before?.section === section && before.name === name && before.value === value;
    })
  );
}
