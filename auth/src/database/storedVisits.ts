import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Step, Visit, VisitRepository } from '../sessions/visit.ts';
import { toText } from './entities/time.ts';
import type { VisitRow } from './entities/visit.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';

type Row = Omit<VisitRow, 'secretHash'>;

export class StoredVisits implements VisitRepository {
  readonly #store: Store;
  readonly #bySecretHash: Select<Row>;
  readonly #byId: Select<Row>;

  constructor(store: Store) {
    this.#store = store;
    this.#bySecretHash = store.select((source) => visitsIn(source).where('visit.secretHash = :hash', { hash: '' }));
    this.#byId = store.select((source) => visitsIn(source).where('visit.id = :id', { id: '' }));
  }

  async insert({ createdAt, expiresAt, ...visit }: Visit & { readonly secretHash: string }): Promise<void> {
    const row: VisitRow = { ...visit, createdAt: toText(createdAt), expiresAt: toText(expiresAt) };
    await this.#store.run((manager) => manager.insert('visit', row));
  }

  async findBySecretHash(hash: string): Promise<Visit | undefined> {
    return (await this.#bySecretHash(storable(hash))).map(visitFrom)[0];
  }

  async find(id: string): Promise<Visit | undefined> {
    return (await this.#byId(storable(id))).map(visitFrom)[0];
  }

  async take(id: string, step: Step): Promise<void> {
    await this.#store.run((manager) => manager.update('visit', { id: storable(id) }, { [step]: true }));
  }

  async remove(id: string): Promise<void> {
    await this.#store.run((manager) => manager.delete('visit', { id: storable(id) }));
  }

  async removeExpired(now: Date): Promise<void> {
    await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .delete()
        .from('visit')
        .where('expires_at <= :now', { now: toText(now) })
        .execute(),
    );
  }
}

function visitsIn(source: DataSource): SelectQueryBuilder<ObjectLiteral> {
  return source
    .createQueryBuilder()
    .from('visit', 'visit')
    .select('visit.id', 'id')
    .addSelect('visit.agreed', 'agreed')
    .addSelect('visit.atKiosk', 'atKiosk')
    .addSelect('visit.createdAt', 'createdAt')
    .addSelect('visit.expiresAt', 'expiresAt');
}

function visitFrom({ id, agreed, atKiosk, createdAt, expiresAt }: Row): Visit {
  return {
    id,
    // SQLite knows no booleans.
    agreed: Boolean(agreed),
    atKiosk: Boolean(atKiosk),
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
  };
}
