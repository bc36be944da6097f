import type { EndedVisits } from '../sessions/visit.ts';
import type { EndedVisitRow } from './entities/endedVisit.ts';
import { toText } from './entities/time.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';

export class StoredEndedVisits implements EndedVisits {
  readonly #store: Store;
  readonly #byNumber: Select<{ id: string }>;

  constructor(store: Store) {
    this.#store = store;
    this.#byNumber = store.select((source) =>
      source
        .createQueryBuilder()
        .from('ended_visit', 'visit')
        .select('visit.id', 'id')
        .where('visit.id = :number', { number: '' }),
    );
  }

  state(): Promise<string> {
    return this.#store.state();
  }

  async add(number: string, expiresAt: Date): Promise<void> {
    const row: EndedVisitRow = { id: storable(number), expiresAt: toText(expiresAt) };
    await this.#store.run((manager) =>
      manager.createQueryBuilder().insert().into('ended_visit').values(row).orIgnore().updateEntity(false).execute(),
    );
  }

  async has(number: string): Promise<boolean> {
    return (await this.#byNumber(storable(number))).length > 0;
  }
}
