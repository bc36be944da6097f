import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Share, ShareRepository } from '../shares/share.ts';
import type { ShareRow } from './entities/share.ts';
import { toText } from './entities/time.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';

type Row = Omit<ShareRow, 'hash'>;

export class StoredShares implements ShareRepository {
  readonly #store: Store;
  readonly #all: Select<Row>;
  readonly #byId: Select<Row>;
  readonly #byHash: Select<Row>;

  constructor(store: Store) {
    this.#store = store;
    this.#all = store.select((source) => sharesIn(source).orderBy('share.createdAt', 'DESC').addOrderBy('share.id'));
    this.#byId = store.select((source) => sharesIn(source).where('share.id = :id', { id: '' }));
    this.#byHash = store.select((source) => sharesIn(source).where('share.hash = :hash', { hash: '' }));
  }

  state(): Promise<string> {
    return this.#store.state();
  }

  async insert(
    { name, folder, pixels, createdAt, expiresAt, lastUsedAt, ...share }: Share,
    hash: string,
  ): Promise<void> {
    const row: ShareRow = {
      ...share,
      hash,
      name: storable(name),
      folder: storable(folder),
      pixels: pixels === Infinity ? null : pixels,
      createdAt: toText(createdAt),
      expiresAt: toText(expiresAt),
      lastUsedAt: lastUsedAt ? toText(lastUsedAt) : null,
    };
    await this.#store.run((manager) => manager.insert('share', row));
  }

  async find(id: string): Promise<Share | undefined> {
    return (await this.#byId(storable(id))).map(shareFrom)[0];
  }

  async findByHash(hash: string): Promise<Share | undefined> {
    return (await this.#byHash(hash)).map(shareFrom)[0];
  }

  async list(): Promise<Share[]> {
    return (await this.#all()).map(shareFrom);
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .delete()
        .from('share')
        .where('id = :id', { id: storable(id) })
        .execute(),
    );
    return affected === 1;
  }

  /** One statement: who comes at the same moment waits for it, and finds the number that it left. */
  async count(id: string, at: Date): Promise<boolean> {
    const { affected } = await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .update('share')
        .set({ used: () => 'used + 1', lastUsedAt: toText(at) })
        .where('id = :id AND used < people AND expires_at > :at', { id, at: toText(at) })
        .execute(),
    );
    return affected === 1;
  }

  async noteUse(id: string, at: Date): Promise<void> {
    await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .update('share')
        .set({ lastUsedAt: toText(at) })
        .where('id = :id', { id })
        .execute(),
    );
  }
}

function sharesIn(source: DataSource): SelectQueryBuilder<ObjectLiteral> {
  return source
    .createQueryBuilder()
    .from('share', 'share')
    .select('share.id', 'id')
    .addSelect('share.name', 'name')
    .addSelect('share.folder', 'folder')
    .addSelect('share.pixels', 'pixels')
    .addSelect('share.people', 'people')
    .addSelect('share.used', 'used')
    .addSelect('share.createdAt', 'createdAt')
    .addSelect('share.expiresAt', 'expiresAt')
    .addSelect('share.lastUsedAt', 'lastUsedAt');
}

function shareFrom({ pixels, createdAt, expiresAt, lastUsedAt, ...row }: Row): Share {
  return {
    ...row,
    pixels: pixels ?? Infinity,
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
    lastUsedAt: lastUsedAt === null ? undefined : new Date(lastUsedAt),
  };
}
