import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Refused } from '../identity/errors.ts';
import type { LiveSession, Session, SessionHashes, SessionRepository } from '../sessions/session.ts';
import type { SessionRow } from './entities/session.ts';
import { toText } from './entities/time.ts';
import { refusing } from './failure.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';
import { grouped, type UserAndRole, userFrom, withUserAndRole } from './userRows.ts';

type Row = Omit<SessionRow, keyof SessionHashes> & UserAndRole;

const noSuchUser = () => new Refused('userId', 'There is no such user.');

export class StoredSessions implements SessionRepository {
  readonly #store: Store;
  readonly #all: Select<Row>;
  readonly #byAccessHash: Select<Row>;
  readonly #byAccountHash: Select<Row>;
  readonly #byId: Select<Row>;

  constructor(store: Store) {
    this.#store = store;
    this.#all = store.select((source) =>
      sessionsIn(source).orderBy('session.createdAt', 'DESC').addOrderBy('session.id'),
    );
    this.#byAccessHash = store.select((source) => sessionsIn(source).where('session.accessHash = :hash', { hash: '' }));
    this.#byAccountHash = store.select((source) =>
      sessionsIn(source).where('session.accountHash = :hash', { hash: '' }),
    );
    this.#byId = store.select((source) => sessionsIn(source).where('session.id = :id', { id: '' }));
  }

  async insert(session: Session & SessionHashes): Promise<void> {
    const row: SessionRow = {
      id: session.id,
      userId: session.userId,
      accessHash: session.accessHash,
      accountHash: session.accountHash,
      createdAt: toText(session.createdAt),
      expiresAt: toText(session.expiresAt),
      address: storable(session.address),
      userAgent: storable(session.userAgent),
    };
    await this.#store.run((manager) => refusing(() => manager.insert('session', row), { foreignKey: noSuchUser }));
  }

  async findByAccessHash(hash: string): Promise<LiveSession | undefined> {
    return one(await this.#byAccessHash(storable(hash)));
  }

  async findByAccountHash(hash: string): Promise<LiveSession | undefined> {
    return one(await this.#byAccountHash(storable(hash)));
  }

  async find(id: string): Promise<LiveSession | undefined> {
    return one(await this.#byId(storable(id)));
  }

  /** Newest first. */
  async list(): Promise<LiveSession[]> {
    return grouped(await this.#all(), ({ id }) => id).map(sessionFrom);
  }

  async remove(id: string): Promise<void> {
    await this.#delete('id = :value', id);
  }

  async removeOfUser(userId: string): Promise<void> {
    await this.#delete('user_id = :value', userId);
  }

  async removeExpired(now: Date): Promise<void> {
    await this.#delete('expires_at <= :value', toText(now));
  }

  async #delete(where: string, value: string): Promise<void> {
    await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .delete()
        .from('session')
        .where(where, { value: storable(value) })
        .execute(),
    );
  }
}

function sessionsIn(source: DataSource): SelectQueryBuilder<ObjectLiteral> {
  const query = source
    .createQueryBuilder()
    .from('session', 'session')
    .innerJoin('user', 'user', 'user.id = session.userId')
    .select('session.id', 'id')
    .addSelect('session.createdAt', 'createdAt')
    .addSelect('session.expiresAt', 'expiresAt')
    .addSelect('session.address', 'address')
    .addSelect('session.userAgent', 'userAgent');
  return withUserAndRole(query);
}

function one(rows: readonly Row[]): LiveSession | undefined {
  const [first, ...others] = rows;
  return first && sessionFrom([first, ...others]);
}

function sessionFrom(rows: readonly [Row, ...Row[]]): LiveSession {
  const [row] = rows;
  return {
    id: row.id,
    userId: row.userId,
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    address: row.address,
    userAgent: row.userAgent,
    user: userFrom(rows),
  };
}
