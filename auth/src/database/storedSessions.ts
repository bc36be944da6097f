import type { DataSource, EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Refused } from '../identity/errors.ts';
import type { Clock } from '../shared/clock.ts';
import type { Page, Wanted } from '../shared/list.ts';
import type { LiveSession, Session, SessionHashes, SessionRepository } from '../sessions/session.ts';
import type { SessionRow } from './entities/session.ts';
import { toText } from './entities/time.ts';
import { refusing } from './failure.ts';
import { countOf, keysOf, type List } from './listing.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';
import { grouped, inOrder, type UserAndRole, userFrom, withUserAndRole } from './userRows.ts';

type Row = Omit<SessionRow, keyof SessionHashes> & UserAndRole;

const noSuchUser = () => new Refused('userId', 'There is no such user.');

export class StoredSessions implements SessionRepository {
  readonly #store: Store;
  readonly #now: Clock;
  readonly #all: Select<Row>;
  readonly #byAccessHash: Select<Row>;
  readonly #byAccountHash: Select<Row>;
  readonly #byId: Select<Row>;

  /** `now` says which of their roles users have. */
  constructor(store: Store, now: Clock) {
    this.#store = store;
    this.#now = now;
    this.#all = store.select((source) =>
      sessionsIn(source).orderBy('session.createdAt', 'DESC').addOrderBy('session.id'),
    );
    this.#byAccessHash = store.select((source) => sessionsIn(source).where('session.accessHash = :hash', { hash: '' }));
    this.#byAccountHash = store.select((source) =>
      sessionsIn(source).where('session.accountHash = :hash', { hash: '' }),
    );
    this.#byId = store.select((source) => sessionsIn(source).where('session.id = :id', { id: '' }));
  }

  state(): Promise<string> {
    return this.#store.state();
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
    return this.#one(await this.#byAccessHash(storable(hash)));
  }

  async findByAccountHash(hash: string): Promise<LiveSession | undefined> {
    return this.#one(await this.#byAccountHash(storable(hash)));
  }

  async find(id: string): Promise<LiveSession | undefined> {
    return this.#one(await this.#byId(storable(id)));
  }

  /** Newest first. */
  async list(): Promise<LiveSession[]> {
    return grouped(await this.#all(), ({ id }) => id).map((rows) => sessionFrom(rows, this.#now()));
  }

  page(page: Page, wanted: readonly Wanted[], now: Date): Promise<LiveSession[]> {
    return this.#store.run(async (manager) => {
      const ids = await keysOf(listOf(manager, now), page, wanted);
      if (ids.length === 0) return [];
      const rows = await sessionsIn(manager).where('session.id IN (:...ids)', { ids }).getRawMany<Row>();
      return inOrder(ids, rows, ({ id }) => id).map((rows) => sessionFrom(rows, this.#now()));
    });
  }

  count(wanted: readonly Wanted[], now: Date): Promise<number> {
    return this.#store.run((manager) => countOf(listOf(manager, now), wanted));
  }

  async remove(id: string): Promise<void> {
    await this.#delete('id = :value', id);
  }

  async removeOfUser(userId: string): Promise<void> {
    await this.#delete('user_id = :value', userId);
  }

  async removeOldestOf(userId: string, kept: number): Promise<number> {
    const newest = 'SELECT id FROM sessions WHERE user_id = :userId ORDER BY created_at DESC, id LIMIT :kept';
    const { affected } = await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .delete()
        .from('session')
        .where(`user_id = :userId AND id NOT IN (${newest})`, { userId: storable(userId), kept })
        .execute(),
    );
    return affected ?? 0;
  }

  #one(rows: readonly Row[]): LiveSession | undefined {
    const [first, ...others] = rows;
    return first && sessionFrom([first, ...others], this.#now());
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

/** Of those whose time is not over: whoever is disabled has none, because they end with that. */
function listOf(manager: EntityManager, now: Date): List {
  return {
    all: manager
      .createQueryBuilder()
      .from('session', 'session')
      .where('session.expiresAt > :now', { now: toText(now) }),
    key: 'session.id',
    order: ['session.createdAt', 'session.id'],
    columns: {
      id: { is: 'text', sql: 'session.id', indexed: true },
      user: { is: 'text', sql: '(SELECT owner.email FROM users owner WHERE owner.id = session.userId)' },
      createdAt: { is: 'time', sql: 'session.createdAt' },
      expiresAt: { is: 'time', sql: 'session.expiresAt' },
      address: { is: 'text', sql: 'session.address' },
      userAgent: { is: 'text', sql: 'session.userAgent' },
    },
  };
}

function sessionsIn(source: DataSource | EntityManager): SelectQueryBuilder<ObjectLiteral> {
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

function sessionFrom(rows: readonly [Row, ...Row[]], at: Date): LiveSession {
  const [row] = rows;
  return {
    id: row.id,
    userId: row.userId,
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    address: row.address,
    userAgent: row.userAgent,
    user: userFrom(rows, at),
  };
}
