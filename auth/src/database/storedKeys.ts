import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Refused } from '../identity/errors.ts';
import type { ApiKey, KeyRepository } from '../keys/key.ts';
import type { ApiKeyRow } from './entities/apiKey.ts';
import { toText } from './entities/time.ts';
import { refusing } from './failure.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';

type Row = Omit<ApiKeyRow, 'hash'>;

const nameTaken = () => new Refused('name', 'There is a key of this name already.');

export class StoredKeys implements KeyRepository {
  readonly #store: Store;
  readonly #all: Select<Row>;
  readonly #byHash: Select<Row>;

  constructor(store: Store) {
    this.#store = store;
    this.#all = store.select(keysIn);
    this.#byHash = store.select((source) => keysIn(source).where('key.hash = :hash', { hash: '' }));
  }

  state(): Promise<string> {
    return this.#store.state();
  }

  async insert({ id, name, folders, pixels, createdAt, expiresAt, lastUsedAt }: ApiKey, hash: string): Promise<void> {
    const row: ApiKeyRow = {
      id,
      name: storable(name),
      hash,
      folders: storable(JSON.stringify(folders)),
      pixels: pixels === Infinity ? null : pixels,
      createdAt: toText(createdAt),
      expiresAt: toText(expiresAt),
      lastUsedAt: lastUsedAt ? toText(lastUsedAt) : null,
    };
    await this.#store.run((manager) => refusing(() => manager.insert('api_key', row), { unique: nameTaken }));
  }

  async findByHash(hash: string): Promise<ApiKey | undefined> {
    return (await this.#byHash(hash)).map(keyFrom)[0];
  }

  async list(): Promise<ApiKey[]> {
    return (await this.#all()).map(keyFrom).sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  remove(id: string): Promise<boolean> {
    return this.#store.change(async (manager) => {
      const wasThere = await manager.existsBy('api_key', { id: storable(id) });
      await manager.delete('api_key', { id: storable(id) });
      return wasThere;
    });
  }

  async noteUse(id: string, at: Date, before: Date): Promise<void> {
    await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .update('api_key')
        .set({ lastUsedAt: toText(at) })
        .where('id = :id', { id })
        .andWhere('(last_used_at IS NULL OR last_used_at <= :before)', { before: toText(before) })
        .execute(),
    );
  }
}

function keysIn(source: DataSource): SelectQueryBuilder<ObjectLiteral> {
  return source
    .createQueryBuilder()
    .from('api_key', 'key')
    .select('key.id', 'id')
    .addSelect('key.name', 'name')
    .addSelect('key.folders', 'folders')
    .addSelect('key.pixels', 'pixels')
    .addSelect('key.createdAt', 'createdAt')
    .addSelect('key.expiresAt', 'expiresAt')
    .addSelect('key.lastUsedAt', 'lastUsedAt');
}

function keyFrom({ id, name, folders, pixels, createdAt, expiresAt, lastUsedAt }: Row): ApiKey {
  return {
    id,
    name,
    folders: JSON.parse(folders) as string[],
    pixels: pixels ?? Infinity,
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
    lastUsedAt: lastUsedAt === null ? undefined : new Date(lastUsedAt),
  };
}
