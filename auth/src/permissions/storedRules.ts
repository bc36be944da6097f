import { SingleFlight } from '../shared/singleFlight.ts';
import type { Changing } from '../shared/storeCache.ts';
import { Conflict, Refused } from '../identity/errors.ts';
import type { Rule } from '../access/rules.ts';
import {
  changesBetween,
  documentOfEntries,
  entriesOf,
  inOrder,
  PANEL,
  type EntryChange,
  type RuleDocument,
  type RuleEntry,
} from './ruleEntries.ts';
import { placesThatName } from './namedNetworks.ts';
import { RuleReading } from './ruleReading.ts';
import { isPlace } from './schema.ts';

/** Where rules are kept that stand in no file; implemented in `database/`. Every method throws `StoreUnavailable`. */
export interface RuleRepository extends Changing {
  /** All that is kept, in the order of names, and its revision. */
  load(): Promise<{ readonly revision: string; readonly entries: readonly RuleEntry[] }>;
  /** Another text after each change of the rules. */
  revision(): Promise<string>;
  /** Writes what is changed. Answers the new revision; `undefined` where it was not `revision`, and nothing is done. */
  write(changes: readonly EntryChange[], revision: string): Promise<string | undefined>;
}

/** One line of what is changed. `undefined`: there is, or there was, none. */
export type RuleChange = {
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

type Kept = { readonly revision: string; readonly entries: readonly RuleEntry[] };

/** The rules of the database, and how they are changed: by the panel and the command line. */
export class StoredRules {
  readonly #repository: RuleRepository;
  readonly #roles: () => Promise<readonly string[]>;
  readonly #loading = new SingleFlight<Kept>();
  /** As it was last read from the database, or written there. */
  #kept: Kept | undefined;
  #reading: { readonly of: readonly RuleEntry[]; readonly is: RuleReading } = {
    of: [],
    is: RuleReading.nothing(PANEL),
  };

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
  async document(): Promise<RuleDocument> {
    return documentOfEntries((await this.#load()).entries);
  }

  /** The names of the roles that there are. @throws StoreUnavailable */
  roles(): Promise<readonly string[]> {
    return this.#roles();
  }

  /**
   * The rules that are kept; those that are as before are the same objects.
   * @throws StoreUnavailable; Refused where somebody wrote into the database what is none
   */
  async rules(): Promise<readonly Rule[]> {
    return (await this.#read((await this.#load()).entries)).rules;
  }

  /** The rule of a place, JSON; `undefined` where none is kept. @throws StoreUnavailable */
  async of(place: string): Promise<string | undefined> {
    return valueOf((await this.#load()).entries, place);
  }

  /** What networks are called that have a name. @throws StoreUnavailable */
  async networks(): Promise<readonly string[]> {
    const { entries } = await this.#load();
    return entries.filter(({ section }) => section === 'networks').map(({ name }) => name);
  }

  /**
   * Says who sees what is at a place. `rule`: JSON, as in an access.yml; `undefined` takes the rule away.
   * @param seen what the rule was when somebody decided on the new one
   * @throws Refused where it is no rule, or names a role that is not there; Conflict where it is another by now
   */
  async set(place: string, rule: string | undefined, seen: { readonly rule: string | undefined }): Promise<void> {
    const before = await this.#load();
    const was = valueOf(before.entries, place);
    if (seen.rule !== was) {
      const now = was === undefined ? 'there is none any more' : `it is ${was} now`;
      throw new Conflict('rule', `Somebody has changed the rule of ${place} in the meantime: ${now}.`);
    }
    if (rule === undefined && was === undefined) throw new Refused('place', `There is no rule for ${place}.`);
    const change = { section: 'folders', name: place, before: was, after: rule } as const;
    await this.#write([change], withRule(before.entries, place, rule), before.revision);
  }

  /**
   * Says which addresses a network has that rules name. `addresses`: JSON, as in an access.yml; `undefined` takes it away.
   * @param seen what it was when somebody decided on the new one
   * @throws Refused where it is no network, or rules name the one that is taken away; Conflict where it is another by now
   */
  async setNetwork(name: string, addresses: string | undefined, seen: string | undefined): Promise<void> {
    const before = await this.#load();
    const isIt = (entry: RuleEntry): boolean => entry.section === 'networks' && entry.name === name;
    const was = before.entries.find(isIt)?.value;
    if (seen !== was) {
      throw new Conflict('name', `Somebody has changed the network ${name} in the meantime. Look at it again.`);
    }
    const namedBy = addresses === undefined ? placesThatName(documentOfEntries(before.entries), name) : [];
    if (namedBy.length > 0) throw new Refused('name', `These rules name it: ${namedBy.join(', ')}. Change them first.`);
    const others = before.entries.filter((entry) => !isIt(entry));
    const after =
      addresses === undefined ? others : inOrder([...others, { section: 'networks', name, value: addresses }]);
    await this.#write([{ section: 'networks', name, before: was, after: addresses }], after, before.revision);
  }

  /** The rules as they would be with such a rule, and nothing is changed. @throws Refused as {@link set} */
  async tried(place: string, rule: string | undefined): Promise<readonly Rule[]> {
    return (await this.#checked(withRule((await this.#load()).entries, place, rule))).rules;
  }

  /**
   * Puts the rules of a place, and of all below it, where another one is: of a folder that has another name now.
   * @throws Refused where there is none, or one is there already; Conflict
   */
  async move(from: string, to: string): Promise<readonly RuleChange[]> {
    if (!isPlace(to) || to === '.') throw new Refused('to', `${to} is not the path of a folder or an image.`);
    const before = await this.#load();
    const isMoved = ({ section, name }: RuleEntry): boolean =>
      section === 'folders' && (name === from || name.startsWith(`${from}/`));
    const moved = before.entries.filter(isMoved);
    if (moved.length === 0)
      throw new Refused('place', `No rule for ${from} is kept in the panel; what stands in a file is changed there.`);
    const others = before.entries.filter((entry) => !isMoved(entry));
    const there = new Set(others.filter(({ section }) => section === 'folders').map(({ name }) => name));
    const named = moved.map((entry) => ({ ...entry, name: to + entry.name.slice(from.length) }));
    const taken = named.find(({ name }) => there.has(name));
    if (taken) throw new Refused('to', `There is a rule for ${taken.name} already.`);
    const after = inOrder([...others, ...named]);
    const changes = changesBetween(before.entries, after);
    await this.#write(changes, after, before.revision);
    return inWords(changes);
  }

  /** What would be changed by a whole document in the place of all that there is. @throws Refused */
  async diff(document: RuleDocument): Promise<readonly RuleChange[]> {
    const after = inOrder(entriesOf(document));
    await this.#checked(after);
    return inWords(changesBetween((await this.#load()).entries, after));
  }

  /** Puts it there: all of it, or nothing. @throws Refused; Conflict where somebody has changed something in the meantime */
  async import(document: RuleDocument): Promise<readonly RuleChange[]> {
    const before = await this.#load();
    const after = inOrder(entriesOf(document));
    const changes = changesBetween(before.entries, after);
    await this.#write(changes, after, before.revision);
    return inWords(changes);
  }

  /** Nothing is read again that is as it was. */
  #load(): Promise<Kept> {
    return this.#loading.do('', async () => {
      if (this.#kept === undefined || this.#kept.revision !== (await this.#repository.revision()))
        this.#kept = await this.#repository.load();
      return this.#kept;
    });
  }

  async #read(entries: readonly RuleEntry[]): Promise<RuleReading> {
    if (this.#reading.of === entries) return this.#reading.is;
    const reading = await this.#reading.is.next(entries);
    // Not what is only tried.
    if (this.#kept?.entries === entries) this.#reading = { of: entries, is: reading };
    return reading;
  }

  async #write(changes: readonly EntryChange[], entries: readonly RuleEntry[], revision: string): Promise<void> {
    const reading = await this.#checked(entries);
    const next = await this.#repository.write(changes, revision);
    if (next === undefined)
      throw new Conflict('rule', 'Somebody has changed the rules in the meantime. Look at them again.');
    this.#kept = { revision: next, entries };
    this.#reading = { of: entries, is: reading };
  }

  async #checked(entries: readonly RuleEntry[]): Promise<RuleReading> {
    const there = new Set(await this.#roles());
    const reading = await this.#read(entries);
    for (const { name, grants } of reading.rules) {
      for (const { who } of grants) {
        const unknown = who.roles.find((role) => !there.has(role));
        if (unknown !== undefined) throw new Refused('rule', `${name}: there is no role "${unknown}".`);
      }
    }
    return reading;
  }
}

function withRule(entries: readonly RuleEntry[], place: string, rule: string | undefined): readonly RuleEntry[] {
  const others = entries.filter(({ section, name }) => section !== 'folders' || name !== place);
  return rule === undefined ? others : inOrder([...others, { section: 'folders', name: place, value: rule }]);
}

function valueOf(entries: readonly RuleEntry[], place: string): string | undefined {
  return entries.find(({ section, name }) => section === 'folders' && name === place)?.value;
}

/** A folder has its path alone. */
function inWords(changes: readonly EntryChange[]): readonly RuleChange[] {
  const lines = changes.map(({ section, name, before, after }) => {
    return { place: section === 'folders' ? name : `${section}: ${name}`, before, after };
  });
  return lines.sort((a, b) => (a.place < b.place ? -1 : 1));
}
