import type { FactStore } from '../images/facts/facts.ts';
import type { Clock } from '../shared/clock.ts';
import type { ImageFactRow } from './entities/imageFact.ts';
import { toText } from './entities/time.ts';
import type { Store } from './store.ts';

/** Milliseconds. What is needed every day is noted once in this time: a note is a write to the disk. */
const NOTED_AGAIN_AFTER = 30 * 24 * 60 * 60 * 1000;
/** Rows a statement: three parameters each, and SQLite takes 32,766 at most. Small, so that a tile's question fits between. */
const AT_ONCE = 500;

export class StoredFacts implements FactStore {
  readonly #store: Store;
  readonly #now: Clock;

  constructor(store: Store, now: Clock) {
    this.#store = store;
    this.#now = now;
  }

  async load(keys: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const some of chunks(keys)) {
      const rows = await this.#store.run((manager) =>
        manager
          .createQueryBuilder()
          .from('image_fact', 'fact')
          .select('fact.key', 'key')
          .addSelect('fact.facts', 'facts')
          .addSelect('fact.seenAt', 'seenAt')
          .where('fact.key IN (:...some)', { some })
          .getRawMany<ImageFactRow>(),
      );
      for (const { key, facts } of rows) found.set(key, facts);
      await this.#noteSeen(rows);
    }
    return found;
  }

  /** What is needed stays; see the sweeper. */
  async #noteSeen(rows: readonly ImageFactRow[]): Promise<void> {
    const now = this.#now();
    const longAgo = toText(new Date(now.getTime() - NOTED_AGAIN_AFTER));
    const keys = rows.filter(({ seenAt }) => seenAt < longAgo).map(({ key }) => key);
    if (keys.length === 0) return;
    await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .update('image_fact')
        .set({ seenAt: toText(now) })
        .where('key IN (:...keys)', { keys })
        .execute(),
    );
  }

  async any(): Promise<boolean> {
    const row = await this.#store.run((manager) =>
      manager.createQueryBuilder().from('image_fact', 'fact').select('fact.key', 'key').limit(1).getRawOne<object>(),
    );
    return row !== undefined;
  }

  async save(texts: ReadonlyMap<string, string>): Promise<void> {
    const seenAt = toText(this.#now());
    const rows = [...texts].map(([key, facts]): ImageFactRow => ({ key, facts, seenAt }));
    // In one order, so that two services that keep the same folder do not wait for each other's rows.
    rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const some of chunks(rows)) {
      await this.#store.run((manager) =>
        manager
          .createQueryBuilder()
          .insert()
          .into('image_fact')
          .values(some)
          .orUpdate(['facts', 'seen_at'], ['key'])
          .updateEntity(false)
          .execute(),
      );
    }
  }
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}
