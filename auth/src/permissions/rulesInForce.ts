import { join } from 'node:path';
import { FALLBACKS, makeRule, type Rule } from '../access/rules.ts';
import { RuleTree } from '../access/ruleTree.ts';
import { DEMO_ACCOUNTS, type Confinement } from '../access/demoAccount.ts';
import { DEMO_RULES } from '../access/demoFolders.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import type { Log } from '../shared/log.ts';
import { Pauses } from '../shared/pauses.ts';
import { SingleFlight } from '../shared/singleFlight.ts';
import { ACCESS_FILE, AccessFileOnDisk } from './accessFileOnDisk.ts';
import { RulesInStore } from './rulesInStore.ts';
import type { StoredRules } from './storedRules.ts';
import { NamedFolders } from './namedFolders.ts';
import { remarksOnRoles, SaidRemarks, type Remark } from './remarks.ts';
import { inWords, type Fault } from './yamlFile.ts';

/** Milliseconds between two looks at the folders that rules name; of very many so many times as long as a look takes. */
const FOLDERS_LOOKED_AT = 10_000;
const LOOKING_SHARE = 50;
const LONGEST_WAIT = 600_000;
/** Folders that a line of the log names. */
const NAMED = 5;

type Parts = {
  readonly file: Pick<AccessFileOnDisk, 'look'>;
  /** Of the panel and the command line. What the file says of the same place comes before it. */
  readonly store: Pick<RulesInStore, 'look' | 'again'>;
  /** What is said beside these: of the demonstration. */
  readonly others: readonly Rule[];
  readonly confined: Confinement | undefined;
  /** What holds where no rule does. */
  readonly fallback: Rule;
  readonly catalogue: Catalogue;
  /** The names of the roles that there are. Rejects where the store does not answer. */
  readonly roles: () => Promise<readonly string[]>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** `demo`: whether there is a demonstration. `fallback`: who sees what no rule is about. */
type RulesSettings = { readonly demo: boolean; readonly fallback: keyof typeof FALLBACKS };

/** The rules of a folder of images, of the database, and of the demonstration, where there is one. */
export function rulesOfFolder(
  directory: string,
  stored: Pick<StoredRules, 'state' | 'revision' | 'rules' | 'roles'>,
  { demo, fallback, ...others }: Pick<Parts, 'catalogue' | 'log' | 'now'> & RulesSettings,
): RulesInForce {
  return new RulesInForce({
    ...others,
    file: new AccessFileOnDisk(join(directory, ACCESS_FILE), ACCESS_FILE),
    store: new RulesInStore(stored, others.log),
    roles: () => stored.roles(),
    others: demo ? DEMO_RULES : [],
    confined: demo ? DEMO_ACCOUNTS : undefined,
    fallback: FALLBACKS[fallback],
  });
}

/** Until it is known who may see what, nobody sees anything. */
const UNKNOWN = new RuleTree([makeRule({ name: 'the rules are not read yet', where: [], grants: [] })]);

/**
 * The rules that hold now: those of access.yml and of the database, true to what the folders are. A file that cannot be
 * read changes nothing.
 */
export class RulesInForce {
  readonly #parts: Parts;
  readonly #folders: NamedFolders;
  /** By the roles that it was said of. */
  readonly #said: SaidRemarks;
  readonly #looking = new SingleFlight<void>();
  /** `undefined` until they are known. */
  #ofFile: readonly Rule[] | undefined;
  #ofStore: readonly Rule[] | undefined;
  #faults: readonly Fault[] = [];
  #rules = UNKNOWN;
  #isChanged = false;
  /** Why the file could not be looked at, as it was last said. */
  #silence: string | undefined;
  #foldersDueAt = -Infinity;
  /** The next moment at which a grant begins or ends. */
  #turnsAt = Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#folders = new NamedFolders(parts.catalogue, parts.log);
    this.#said = new SaidRemarks(parts.log, (role) => `the role "${role}" is there again`);
  }

  /** Another object whenever anything of it is another. */
  get rules(): RuleTree {
    return this.#rules;
  }

  /** What is wrong in the file as it is now; empty where its rules are in force. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** What names nothing in them, as the last look found it. */
  get remarks(): readonly Remark[] {
    return [...this.#folders.remarks, ...this.#said.all];
  }

  /** Looks at the file, and now and then at the folders. Where the disk does not answer all stays as it is. */
  refresh(): Promise<void> {
    return this.#looking.do('', () => this.#refresh());
  }

  /** After a change of the database in this process: what was changed is in force afterwards. */
  async changed(): Promise<void> {
    this.#parts.store.again();
    // The first may be one that has looked already.
    await this.refresh();
    await this.refresh();
  }

  async #refresh(): Promise<void> {
    this.#isChanged = (await this.#lookAtFile()) || this.#isChanged;
    this.#isChanged = (await this.#lookAtStore()) || this.#isChanged;
    // Not with some of them: what is closed by the others would be open.
    if (this.#ofFile === undefined || this.#ofStore === undefined) return;
    const now = this.#parts.now();
    const changed = this.#isChanged;
    const foldersAreDue = now >= this.#foldersDueAt || now < this.#foldersDueAt - LONGEST_WAIT;
    if (!changed && !foldersAreDue && now < this.#turnsAt) return;
    // Of two for the same place the first counts.
    const named = [...this.#ofFile, ...this.#ofStore, ...this.#parts.others];
    const moved = (changed || foldersAreDue) && (await this.#lookAtFolders(named, foldersAreDue ? 'all' : 'new', now));
    if (changed || moved || now >= this.#turnsAt) await this.#settle(named, now);
    this.#isChanged = false;
  }

  async #lookAtFile(): Promise<boolean> {
    const { file, log } = this.#parts;
    const found = await file.look();
    if (found.kind !== 'silent') this.#silence = undefined;
    switch (found.kind) {
      case 'same':
        return false;
      case 'silent':
        if (found.why !== this.#silence)
          log.warn({ cause: found.why }, 'access.yml cannot be looked at; its rules are as they were');
        this.#silence = found.why;
        return false;
      case 'wrong':
        this.#faults = found.faults;
        for (const fault of found.faults) log.error({}, `access.yml, ${inWords(fault)}`);
        log.error({}, 'access.yml cannot be used as it is: it changes nothing');
        return false;
      case 'none':
        if (this.#ofFile !== undefined && this.#ofFile.length > 0)
          log.warn({}, 'access.yml is gone: its rules do not hold any more');
        if (found.instead !== undefined) log.warn({}, `"${found.instead}" is not read: call it access.yml`);
        break;
      case 'rules':
        this.#sayMissing(found.rules);
        log.info({ rules: found.rules.length }, 'the rules of access.yml are in force');
    }
    this.#faults = [];
    this.#ofFile = found.kind === 'none' ? [] : found.rules;
    return true;
  }

  /** A file that is only half written says less than before, and may be right. */
  #sayMissing(rules: readonly Rule[]): void {
    const there = new Set(rules.map(({ name }) => name));
    const missing = (this.#ofFile ?? [])
      .filter(({ name }) => !there.has(name))
      .map(({ where }) => where.join('/') || '.');
    if (missing.length === 0) return;
    const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
    this.#parts.log.warn({}, `access.yml says nothing any more of ${missing.slice(0, NAMED).join(', ')}${more}`);
  }

  async #lookAtStore(): Promise<boolean> {
    const found = await this.#parts.store.look();
    if (found.kind === 'same') return false;
    this.#ofStore = found.rules;
    return true;
  }

  async #lookAtFolders(rules: readonly Rule[], which: 'all' | 'new', now: number): Promise<boolean> {
    const began = performance.now();
    const ofFolders = rules.filter(({ where }) => where.length > 0);
    const moved = await this.#folders.look(ofFolders, which);
    await this.#lookAtRoles(rules);
    const took = performance.now() - began;
    if (which === 'all')
      this.#foldersDueAt = now + Math.min(LONGEST_WAIT, Math.max(FOLDERS_LOOKED_AT, LOOKING_SHARE * took));
    return moved;
  }

  async #lookAtRoles(named: readonly Rule[]): Promise<void> {
    const roles = await this.#parts.roles().catch(() => undefined);
    if (!roles) return;
    const names = () => new Set(named.flatMap(({ grants }) => grants.flatMap(({ who }) => who.roles)));
    this.#said.say(remarksOnRoles(named, roles), names);
  }

  async #settle(named: readonly Rule[], now: number): Promise<void> {
    // What is said of a folder by its own name comes before what is said of it by a link.
    const steps = RuleTree.inSteps([...named, ...this.#folders.behindLinks], this.#parts);
    const pauses = new Pauses();
    let step = steps.next();
    for (; !step.done; step = steps.next()) if (pauses.due) await pauses.take();
    this.#rules = step.value;
    this.#turnsAt = this.#rules.turnAfter(now);
  }
}
