import type { Store } from './store.ts';
import { toText } from './entities/time.ts';

/** The tables that grow with use: their key, and the time by which a row becomes old. */
const TABLES = {
  session: { table: 'sessions', key: 'id', time: 'expires_at' },
  ended_visit: { table: 'ended_visits', key: 'id', time: 'expires_at' },
  share: { table: 'shares', key: 'id', time: 'expires_at' },
  password_link: { table: 'password_links', key: 'hash', time: 'expires_at' },
  access_request: { table: 'access_requests', key: 'id', time: 'created_at' },
  audit_event: { table: 'audit_events', key: 'id', time: 'at' },
  image_fact: { table: 'image_facts', key: 'key', time: 'seen_at' },
} as const;

export type GrowingTable = keyof typeof TABLES;

/** Rows a statement, so that a tile's question fits between. */
const SOME = 500;

/** Removes what has been kept for long enough. Every method throws `StoreUnavailable` when the database does not answer. */
export class Retention {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Removes the oldest rows of a time before `before`, not many at once. Answers how many; 0 where there are no more. */
  removeSomeBefore(name: GrowingTable, before: Date): Promise<number> {
    const { table, key, time } = TABLES[name];
    const old = `SELECT ${key} FROM ${table} WHERE ${time} < :before ORDER BY ${time} LIMIT :some`;
    return this.#remove(name, old, { before: toText(before), some: SOME });
  }

  /** Removes the oldest rows of those that are more than `kept`, not many at once. Answers how many. */
  async removeSomeBeyond(name: GrowingTable, kept: number): Promise<number> {
    const { table, key, time } = TABLES[name];
    const count = await this.#store.run((manager) => manager.createQueryBuilder(name, 'row').getCount());
    if (count <= kept) return 0;
    const oldest = `SELECT ${key} FROM ${table} ORDER BY ${time} LIMIT :some`;
    return this.#remove(name, oldest, { some: Math.min(SOME, count - kept) });
  }

  async #remove(name: GrowingTable, chosen: string, parameters: Record<string, string | number>): Promise<number> {
    const { affected } = await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .delete()
        .from(name)
        .where(`${TABLES[name].key} IN (${chosen})`, parameters)
        .execute(),
    );
    return affected ?? 0;
  }
}
