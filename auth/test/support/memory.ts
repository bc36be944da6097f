import { filtered, paged, type Row } from '../../src/admin/filterAndPage.ts';
import { Conflict, LastAdministrator } from '../../src/identity/errors.ts';
import { StoreUnavailable } from '../../src/shared/errors.ts';
import { isAdministrator, type Role, type User, type UserWithHash } from '../../src/identity/user.ts';
import type { ApiKey, KeyRepository } from '../../src/keys/key.ts';
import { inOrder, type EntryChange, type RuleEntry } from '../../src/permissions/ruleEntries.ts';
import type { RuleRepository } from '../../src/permissions/storedRules.ts';
import type { ImportedPeople, UserRepository } from '../../src/identity/userRepository.ts';
import type { AuditEvent, AuditTrail, StoredAuditEvent } from '../../src/observability/audit.ts';
import type { Page, Wanted } from '../../src/shared/list.ts';
import type { LiveSession, Session, SessionHashes, SessionRepository } from '../../src/sessions/session.ts';

/** Stores that keep everything in memory, by the rules of the ports, and that can be cut off. */
class Store {
  /** While it is true every method throws StoreUnavailable. */
  unavailable = false;

  #looks = 0;

  /** Says each time that something may have changed: tests change things behind the back of what they test. */
  async state(): Promise<string> {
    await this.reach();
    return String(++this.#looks);
  }

  protected reach(): Promise<void> {
    return this.unavailable ? Promise.reject(new StoreUnavailable('cut off by the test')) : Promise.resolve();
  }
}

export class MemoryUsers extends Store implements UserRepository {
  readonly #users = new Map<string, UserWithHash>();
  readonly #roles = new Map<string, Role>([['admin', { name: 'admin', description: 'May use the admin panel' }]]);

  async list(): Promise<User[]> {
    await this.reach();
    return [...this.#users.values()].map(withoutHash);
  }

  async page(page: Page, wanted: readonly Wanted[]): Promise<User[]> {
    return pageOf(await this.list(), rowOfUser, page, wanted);
  }

  async count(wanted: readonly Wanted[]): Promise<number> {
    return filtered((await this.list()).map(rowOfUser), wanted).length;
  }

  async membersOf(role: string): Promise<string[]> {
    return (await this.list()).filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
  }

  async find(id: string): Promise<User | undefined> {
    await this.reach();
    const found = this.#users.get(id);
    return found && withoutHash(found);
  }

  async findByEmail(email: string): Promise<UserWithHash | undefined> {
    await this.reach();
    return [...this.#users.values()].find((user) => user.email === email);
  }

  async insert(user: UserWithHash): Promise<void> {
    await this.#mustBeFree(user);
    this.#users.set(user.id, user);
  }

  async update(user: User, passwordHash?: string): Promise<void> {
    await this.#mustBeFree(user);
    const before = this.#users.get(user.id);
    if (!before) return;
    if (!isAdministrator(user)) this.#mustNotBeTheLast(user.id);
    this.#users.set(user.id, { ...user, passwordHash: passwordHash ?? before.passwordHash });
  }

  async importPeople({ added, changed }: ImportedPeople): Promise<void> {
    for (const user of added) await this.insert(user);
    for (const user of changed) await this.update(user);
  }

  async remove(id: string): Promise<void> {
    await this.reach();
    this.#mustNotBeTheLast(id);
    this.#users.delete(id);
  }

  async touchLastLogin(id: string, at: Date): Promise<void> {
    await this.reach();
    const user = this.#users.get(id);
    if (user) this.#users.set(id, { ...user, lastLoginAt: at });
  }

  async listRoles(): Promise<Role[]> {
    await this.reach();
    return [...this.#roles.values()];
  }

  async insertRole(role: Role): Promise<void> {
    await this.reach();
    if (this.#roles.has(role.name)) throw new Conflict('name', 'There is such a role already.');
    this.#roles.set(role.name, role);
  }

  async updateRole(role: Role): Promise<void> {
    await this.reach();
    if (this.#roles.has(role.name)) this.#roles.set(role.name, role);
  }

  async removeRole(name: string): Promise<void> {
    await this.reach();
    this.#roles.delete(name);
    for (const user of this.#users.values()) {
      this.#users.set(user.id, {
        ...user,
        roles: user.roles.filter((role) => role !== name),
        memberships: user.memberships.filter(({ role }) => role !== name),
      });
    }
  }

  async #mustBeFree({ id, email }: User): Promise<void> {
    const holder = await this.findByEmail(email);
    if (holder && holder.id !== id) throw new Conflict('email', 'This e-mail address is taken.');
  }

  #mustNotBeTheLast(id: string): void {
    const administrators = [...this.#users.values()].filter(isAdministrator);
    if (administrators.length === 1 && administrators[0]?.id === id) throw new LastAdministrator();
  }
}

export class MemorySessions extends Store implements SessionRepository {
  readonly #users: MemoryUsers;
  readonly #sessions = new Map<string, Session & SessionHashes>();

  constructor(users: MemoryUsers) {
    super();
    this.#users = users;
  }

  async insert(session: Session & SessionHashes): Promise<void> {
    await this.reach();
    this.#sessions.set(session.id, session);
  }

  findByAccessHash(hash: string): Promise<LiveSession | undefined> {
    return this.#first((session) => session.accessHash === hash);
  }

  findByAccountHash(hash: string): Promise<LiveSession | undefined> {
    return this.#first((session) => session.accountHash === hash);
  }

  find(id: string): Promise<LiveSession | undefined> {
    return this.#first((session) => session.id === id);
  }

  list(): Promise<LiveSession[]> {
    return this.#where(() => true);
  }

  async page(page: Page, wanted: readonly Wanted[], now: Date): Promise<LiveSession[]> {
    return pageOf(await this.#live(now), rowOfSession, page, wanted);
  }

  async count(wanted: readonly Wanted[], now: Date): Promise<number> {
    return filtered((await this.#live(now)).map(rowOfSession), wanted).length;
  }

  async remove(id: string): Promise<void> {
    await this.reach();
    this.#sessions.delete(id);
  }

  removeOfUser(userId: string): Promise<void> {
    return this.#removeWhere((session) => session.userId === userId);
  }

  async removeOldestOf(userId: string, kept: number): Promise<number> {
    await this.reach();
    const all = [...this.#sessions.values()].filter((session) => session.userId === userId);
    const oldest = all.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(kept);
    for (const { id } of oldest) this.#sessions.delete(id);
    return oldest.length;
  }

  async #live(now: Date): Promise<LiveSession[]> {
    return (await this.list()).filter(({ expiresAt }) => expiresAt > now);
  }

  async #first(wanted: (session: Session & SessionHashes) => boolean): Promise<LiveSession | undefined> {
    return (await this.#where(wanted))[0];
  }

  async #where(wanted: (session: Session & SessionHashes) => boolean): Promise<LiveSession[]> {
    await this.reach();
    const found = await Promise.all(
      [...this.#sessions.values()].filter(wanted).map(async ({ accessHash: _, accountHash: _too, ...session }) => {
        const user = await this.#users.find(session.userId);
        return user && { ...session, user };
      }),
    );
    return found.filter((session) => session !== undefined);
  }

  async #removeWhere(unwanted: (session: Session) => boolean): Promise<void> {
    await this.reach();
    for (const session of this.#sessions.values()) if (unwanted(session)) this.#sessions.delete(session.id);
  }
}

const rowOfUser = ({ roles, memberships: _, ...user }: User): Row & { id: string } => {
  return { ...user, roles: roles.join(', ') };
};
const rowOfSession = ({ user, ...session }: LiveSession): Row & { id: string } => ({ ...session, user: user.email });

function pageOf<T>(
  all: readonly T[],
  rowOf: (one: T) => Row & { id: string },
  page: Page,
  wanted: readonly Wanted[],
): T[] {
  const byId = new Map(all.map((one) => [rowOf(one).id, one]));
  return paged(filtered(all.map(rowOf), wanted), page).flatMap(({ id }) => byId.get(id) ?? []);
}

export class MemoryAudit extends Store implements AuditTrail {
  /** Oldest first. */
  readonly events: StoredAuditEvent[] = [];

  async record(event: AuditEvent): Promise<void> {
    await this.reach();
    this.events.push({ ...event, id: this.events.length + 1 });
  }

  async list(limit: number, offset: number): Promise<StoredAuditEvent[]> {
    await this.reach();
    return [...this.events].reverse().slice(offset, offset + limit);
  }

  async count(): Promise<number> {
    await this.reach();
    return this.events.length;
  }

  async find(id: number): Promise<StoredAuditEvent | undefined> {
    await this.reach();
    return this.events.find((event) => event.id === id);
  }
}

const withoutHash = ({ passwordHash: _, ...user }: UserWithHash): User => user;

export class MemoryRules implements RuleRepository {
  #entries: readonly RuleEntry[] = [];
  #revision = 0;

  state(): Promise<string> {
    return this.revision();
  }

  revision(): Promise<string> {
    return Promise.resolve(String(this.#revision));
  }

  async load(): Promise<{ revision: string; entries: readonly RuleEntry[] }> {
    return { revision: await this.revision(), entries: this.#entries };
  }

  async write(changes: readonly EntryChange[], revision: string): Promise<string | undefined> {
    if (revision !== (await this.revision())) return undefined;
    const isOf = (entry: RuleEntry, { section, name }: EntryChange) => entry.section === section && entry.name === name;
    const others = this.#entries.filter((entry) => !changes.some((change) => isOf(entry, change)));
    const written = changes.flatMap(({ section, name, after }) =>
      after === undefined ? [] : [{ section, name, value: after }],
    );
    this.#entries = inOrder([...others, ...written]);
    this.#revision += 1;
    return this.revision();
  }
}

export class MemoryKeys implements KeyRepository {
  /** By hash. */
  readonly #keys = new Map<string, ApiKey>();

  state(): Promise<string> {
    return Promise.resolve([...this.#keys.keys()].join(' '));
  }

  insert(key: ApiKey, hash: string): Promise<void> {
    this.#keys.set(hash, key);
    return Promise.resolve();
  }

  findByHash(hash: string): Promise<ApiKey | undefined> {
    return Promise.resolve(this.#keys.get(hash));
  }

  list(): Promise<ApiKey[]> {
    return Promise.resolve([...this.#keys.values()]);
  }

  remove(id: string): Promise<boolean> {
    const hash = [...this.#keys].find(([, key]) => key.id === id)?.[0];
    return Promise.resolve(hash !== undefined && this.#keys.delete(hash));
  }

  noteUse(): Promise<void> {
    return Promise.resolve();
  }
}
