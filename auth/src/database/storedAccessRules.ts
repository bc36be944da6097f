import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { documentBy, SECTIONS, type RuleDocument, type RuleRepository } from '../permissions/storedRules.ts';
import { takeTurns } from './administrators.ts';
import type { AccessRuleRow } from './entities/accessRule.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';

/** Rows a statement: three parameters each, and SQLite takes 32,766 at most. */
const AT_ONCE = 1000;

export class StoredAccessRules implements RuleRepository {
  readonly #store: Store;
  readonly #revision: Select<{ value: string }>;

  constructor(store: Store) {
    this.#store = store;
    this.#revision = store.select((source) =>
      source
        .createQueryBuilder()
        .from('access_rule', 'rule')
        .select('rule.value', 'value')
        .where('rule.section = :section', { section: '' }),
    );
  }

  state(): Promise<string> {
    return this.#store.state();
  }

  load(): Promise<RuleDocument> {
    return this.#store.run(read);
  }

  async revision(): Promise<string> {
    const [row] = await this.#revision('revision');
    return row?.value ?? 'none';
  }

  replace(document: RuleDocument, expected: RuleDocument): Promise<boolean> {
    return this.#store.change(async (manager) => {
      await takeTurns(manager);
      if (!isDeepStrictEqual(await read(manager), expected)) return false;
      await manager.createQueryBuilder().delete().from('access_rule').execute();
      const revision: AccessRuleRow = { section: 'revision', name: '', value: randomUUID() };
      const rows = [revision, ...SECTIONS.flatMap((section) => rowsOf(section, document[section]))];
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        await manager.insert('access_rule', rows.slice(from, from + AT_ONCE));
      }
      return true;
    });
  }
}

async function read(manager: EntityManager): Promise<RuleDocument> {
  const rows = await manager
    .createQueryBuilder()
    .from('access_rule', 'rule')
    .select('rule.section', 'section')
    .addSelect('rule.name', 'name')
    .addSelect('rule.value', 'value')
    .getRawMany<AccessRuleRow>();
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  return documentBy((section) => entriesOf(section, rows));
}

function rowsOf(section: AccessRuleRow['section'], values: Readonly<Record<string, string>>): AccessRuleRow[] {
  return Object.entries(values).map(([name, value]) => ({ section, name: storable(name), value: storable(value) }));
}

function entriesOf(section: AccessRuleRow['section'], rows: readonly AccessRuleRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => row.section === section).map(({ name, value }) => [name, value]));
}
