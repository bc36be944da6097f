import type { EntityManager } from 'typeorm';
import { Conflict, Refused } from '../identity/errors.ts';
import type { Role, User, UserWithHash } from '../identity/user.ts';
import type { ImportedPeople, UserRepository } from '../identity/userRepository.ts';
import type { Clock } from '../shared/clock.ts';
import type { Page, Wanted } from '../shared/list.ts';
import { keepingAnAdministrator } from './administrators.ts';
import { toText } from './entities/time.ts';
import type { UserRow } from './entities/user.ts';
import { refusing } from './failure.ts';
import { auditRow } from './storedAudit.ts';
import { countOf, keysOf, type List } from './listing.ts';
import type { Select, Store } from './store.ts';
import { storable } from './text.ts';
import { grouped, inOrder, type UserAndRole, userFrom, usersIn } from './userRows.ts';
import { insertUser, updateUser } from './userWriting.ts';

const nameTaken = () => new Conflict('name', 'There is a role of this name already.');

export class StoredUsers implements UserRepository {
  readonly #store: Store;
  readonly #now: Clock;
  readonly #all: Select<UserAndRole>;
  readonly #byId: Select<UserAndRole>;
  readonly #byEmail: Select<UserAndRole & Pick<UserRow, 'passwordHash'>>;
  readonly #roles: Select<Role>;
  readonly #members: Select<{ userId: string }>;

  /** `now` says which of their roles users have. */
  constructor(store: Store, now: Clock) {
    this.#store = store;
    this.#now = now;
    this.#all = store.select((source) => usersIn(source.manager).orderBy('user.email'));
    this.#byId = store.select((source) => usersIn(source.manager).where('user.id = :id', { id: '' }));
    this.#byEmail = store.select((source) =>
      usersIn(source.manager)
        .addSelect('user.passwordHash', 'passwordHash')
        .where('user.email = :email', { email: '' }),
    );
    this.#members = store.select((source) =>
      source
        .createQueryBuilder()
        .from('user_role', 'member')
        .select('member.userId', 'userId')
        .where('member.roleName = :role', { role: '' }),
    );
    this.#roles = store.select((source) =>
      source
        .createQueryBuilder()
        .from('role', 'role')
        .select('role.name', 'name')
        .addSelect('role.description', 'description')
        .orderBy('role.name'),
    );
  }

  async list(): Promise<User[]> {
    return grouped(await this.#all(), ({ userId }) => userId).map((rows) => userFrom(rows, this.#now()));
  }

  page(page: Page, wanted: readonly Wanted[]): Promise<User[]> {
    return this.#store.run(async (manager) => {
      const ids = await keysOf(listOf(manager), page, wanted);
      if (ids.length === 0) return [];
      const rows = await usersIn(manager).where('user.id IN (:...ids)', { ids }).getRawMany<UserAndRole>();
      return inOrder(ids, rows, ({ userId }) => userId).map((rows) => userFrom(rows, this.#now()));
    });
  }

  count(wanted: readonly Wanted[]): Promise<number> {
    return this.#store.run((manager) => countOf(listOf(manager), wanted));
  }

  async membersOf(role: string): Promise<string[]> {
    const members = await this.#members(storable(role));
    return members.map(({ userId }) => userId);
  }

  async find(id: string): Promise<User | undefined> {
    const [rows] = grouped(await this.#byId(storable(id)), ({ userId }) => userId);
    return rows && userFrom(rows, this.#now());
  }

  async findByEmail(email: string): Promise<UserWithHash | undefined> {
    const [rows] = grouped(await this.#byEmail(storable(email)), ({ userId }) => userId);
    return rows && { ...userFrom(rows, this.#now()), passwordHash: rows[0].passwordHash };
  }

  async insert(user: UserWithHash): Promise<void> {
    await this.#store.change((manager) => insertUser(manager, user));
  }

  async importPeople({ added, changed }: ImportedPeople, actor: string, at: Date): Promise<void> {
    await this.#store.change((manager) =>
      keepingAnAdministrator(manager, async () => {
        for (const user of added) await insertUser(manager, user);
        for (const user of changed) await updateUser(manager, user);
        const events = [
          ...added.map(({ email }) => ({ action: 'user.add', target: email }) as const),
          ...changed.map(({ email }) => ({ action: 'user.change', target: email }) as const),
        ];
        for (const event of events) await manager.insert('audit_event', auditRow({ ...event, actor, at, address: '' }));
      }),
    );
  }

  /** Leaves `createdAt` and `lastLoginAt` as they are: a login may have happened since `user` was read. */
  async update(user: User, passwordHash?: string): Promise<void> {
    await this.#store.change((manager) =>
      keepingAnAdministrator(manager, () => updateUser(manager, user, passwordHash)),
    );
  }

  async remove(id: string): Promise<void> {
    await this.#store.change((manager) =>
      keepingAnAdministrator(manager, () =>
        manager
          .createQueryBuilder()
          .delete()
          .from('user')
          .where('id = :id', { id: storable(id) })
          .execute(),
      ),
    );
  }

  async touchLastLogin(id: string, at: Date): Promise<void> {
    await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .update('user')
        .set({ lastLoginAt: toText(at) })
        .where('id = :id', { id })
        .execute(),
    );
  }

  listRoles(): Promise<Role[]> {
    return this.#roles();
  }

  async insertRole(role: Role): Promise<void> {
    await this.#store.run((manager) => refusing(() => manager.insert('role', roleRow(role)), { unique: nameTaken }));
  }

  async updateRole(role: Role): Promise<void> {
    const { name, description } = roleRow(role);
    const { affected } = await this.#store.run((manager) =>
      manager.createQueryBuilder().update('role').set({ description }).where('name = :name', { name }).execute(),
    );
    if (affected === 0) throw new Refused('name', 'There is no such role.');
  }

  async removeRole(name: string): Promise<void> {
    await this.#store.change((manager) =>
      keepingAnAdministrator(manager, () =>
        manager
          .createQueryBuilder()
          .delete()
          .from('role')
          .where('name = :name', { name: storable(name) })
          .execute(),
      ),
    );
  }
}

function listOf(manager: EntityManager): List {
  return {
    all: manager.createQueryBuilder().from('user', 'user'),
    key: 'user.id',
    order: ['user.email'],
    columns: {
      id: { is: 'text', sql: 'user.id', indexed: true },
      email: { is: 'text', sql: 'user.email', indexed: true },
      name: { is: 'text', sql: 'user.name' },
      active: { is: 'boolean', sql: 'user.active' },
      roles: {
        is: 'text',
        sql: '(SELECT MIN(first.role_name) FROM user_roles first WHERE first.user_id = user.id)',
        several: {
          text: 'held.role_name',
          one: (condition) => `EXISTS (SELECT 1 FROM user_roles held WHERE held.user_id = user.id AND ${condition})`,
        },
      },
      createdAt: { is: 'time', sql: 'user.createdAt' },
      lastLoginAt: { is: 'time', sql: 'user.lastLoginAt' },
    },
  };
}

function roleRow(role: Role): Role {
  return { name: storable(role.name), description: storable(role.description) };
}
