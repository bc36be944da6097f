import type { FactStore } from '../images/facts.ts';
import type { ImageFactRow } from './entities/imageFact.ts';
import type { Store } from './store.ts';

type Size = Omit<ImageFactRow, 'key'>;

/** Rows a statement: three parameters each, and SQLite takes 32,766 at most. Small, so that a tile's question fits between. */
const AT_ONCE = 500;

export class StoredFacts implements FactStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async load(keys: readonly string[]): Promise<Map<string, Size>> {
    const found = new Map<string, Size>();
    for (const some of chunks(keys)) {
      const rows = await this.#store.run((manager) =>
        manager
          .createQueryBuilder()
          .from('image_fact', 'fact')
          .select('fact.key', 'key')
          .addSelect('fact.width', 'width')
          .addSelect('fact.height', 'height')
          .where('fact.key IN (:...some)', { some })
          .getRawMany<ImageFactRow>(),
      );
      for (const { key, width, height } of rows) found.set(key, { width, height });
    }
    return found;
  }

  async save(sizes: ReadonlyMap<string, Size>): Promise<void> {
    const rows = [...sizes].map(([key, { width, height }]): ImageFactRow => ({ key, width, height }));
    // In one order, lest two services that keep the same folder wait for each other's rows.
    rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const some of chunks(rows)) {
      await this.#store.run((manager) =>
        manager
          .createQueryBuilder()
          .insert()
          .into('image_fact')
          .values(some)
          .orUpdate(['width', 'height'], ['key'])
          .updateEntity(false)
          .execute(),
      );
    }
  }
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}
