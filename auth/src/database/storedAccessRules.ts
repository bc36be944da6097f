import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { inOrder, SECTIONS, type EntryChange, type RuleEntry } from '../permissions/ruleEntries.ts';
import type { RuleRepository } from '../permissions/storedRules.ts';
import { takeTurns } from './administrators.ts';
import type { AccessRuleRow } from './entities/accessRule.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';

/** Rows a statement: three parameters each, and SQLite takes 32,766 at most. */
const AT_ONCE = 1000;
/** Rows that are read at once: a few milliseconds. */
const OF_A_PAGE = 2000;

type Page = { section: RuleEntry['section'] | 'revision'; name: string; value: string };

export class StoredAccessRules implements RuleRepository {
  readonly #store: Store;
  readonly #revision: Select<{ value: string }>;
  readonly #after: Select<Page>;

  constructor(store: Store) {
    this.#store = store;
    this.#revision = store.select((source) =>
      source
        .createQueryBuilder()
        .from('access_rule', 'rule')
        .select('rule.value', 'value')
        .where('rule.section = :section', { section: '' }),
    );
    this.#after = store.select((source) =>
      source
        .createQueryBuilder()
        .from('access_rule', 'rule')
        .select('rule.section', 'section')
        .addSelect('rule.name', 'name')
        .addSelect('rule.value', 'value')
        .where('(rule.section, rule.name) > (:section, :name)', { section: '', name: '' })
        .orderBy('rule.section')
        .addOrderBy('rule.name')
        .limit(OF_A_PAGE),
    );
  }

  state(): Promise<string> {
    return this.#store.state();
  }

  async load(): Promise<{ readonly revision: string; readonly entries: readonly RuleEntry[] }> {
    for (;;) {
      const revision = await this.revision();
      const entries = await this.#entries();
      // What was changed between two of its pages is read again.
      if (revision === (await this.revision())) return { revision, entries: inOrder(entries) };
    }
  }

  async revision(): Promise<string> {
    const [row] = await this.#revision('revision');
    return row?.value ?? NONE;
  }

  write(changes: readonly EntryChange[], expected: string): Promise<string | undefined> {
    return this.#store.change(async (manager) => {
      await takeTurns(manager);
      const now = await manager.findOneBy<AccessRuleRow>('access_rule', REVISION);
      if ((now?.value ?? NONE) !== expected) return undefined;
      const revision = randomUUID();
      for (const section of SECTIONS) {
        const gone = changes.filter((change) => change.section === section && change.after === undefined);
        for (const some of piecesOf(gone)) await remove(manager, section, some);
      }
      const rows = changes.flatMap(({ section, name, after }) =>
        after === undefined ? [] : [{ section, name: storable(name), value: storable(after) }],
      );
      for (const some of piecesOf([...rows, { ...REVISION, value: revision }])) {
        await manager.upsert('access_rule', some, ['section', 'name']);
        await setImmediate();
      }
      return revision;
    });
  }

  /** Page by page, and others have their turn in between: SQLite does nothing else while it reads. */
  async #entries(): Promise<RuleEntry[]> {
    const entries: RuleEntry[] = [];
    let last = { section: '', name: '' };
    for (;;) {
      const page = await this.#after(last.section, last.name);
      for (const { section, name, value } of page) if (section !== 'revision') entries.push({ section, name, value });
      const [end] = page.slice(-1);
      if (!end || page.length < OF_A_PAGE) return entries;
      last = end;
      await setImmediate();
    }
  }
}

const REVISION = { section: 'revision', name: '' } as const;
/** The revision before the first change. */
const NONE = 'none';

async function remove(
  manager: EntityManager,
  section: RuleEntry['section'],
  gone: readonly EntryChange[],
): Promise<void> {
  await manager
    .createQueryBuilder()
    .delete()
    .from('access_rule')
    .where('section = :section AND name IN (:...names)', { section, names: gone.map(({ name }) => storable(name)) })
    .execute();
}

function piecesOf<One>(all: readonly One[]): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, piece) =>
    all.slice(piece * AT_ONCE, (piece + 1) * AT_ONCE),
  );
}
