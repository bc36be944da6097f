import { randomUUID } from 'node:crypto';
import {
  checkedEmail,
  checkedName,
  checkedRoleName,
  checkedRoles,
  normaliseEmail,
  type RoleWish,
  sameMemberships,
} from './checks.ts';
import { Refused } from './errors.ts';
import { NO_PASSWORD, type Passwords } from './passwords.ts';
import { type Membership, rolesAt } from './membership.ts';
import { ADMIN_ROLE, type Role, type User } from './user.ts';
import type { WrittenPerson } from './peopleFile.ts';
import { type ImportPlan, newcomer, planImport } from './peopleImport.ts';
import type { UserRepository } from './userRepository.ts';
import type { Clock } from '../shared/clock.ts';
import type { Page, Pages, Wanted } from '../shared/list.ts';

/** Who is added without a password cannot log in before one is set. */
export type NewUser = {
  email: string;
  name?: string;
  password?: string;
  roles?: readonly RoleWish[];
  active?: boolean;
};
export type UserChange = {
  email?: string;
  name?: string;
  password?: string;
  roles?: readonly RoleWish[];
  active?: boolean;
};

/** The users and roles of this server, and the rules for changing them. Panel and CLI both go through here. */
export class Users implements Pages<User> {
  readonly #repository: UserRepository;
  readonly #passwords: Passwords;
  readonly #now: Clock;
  readonly #changed: (userId: string) => Promise<void>;

  /** `changed` is told of every user whose rights or password changed, so that what was granted before can be ended. */
  constructor(
    repository: UserRepository,
    passwords: Passwords,
    now: Clock,
    changed: (userId: string) => Promise<void>,
  ) {
    this.#repository = repository;
    this.#passwords = passwords;
    this.#now = now;
    this.#changed = changed;
  }

  /** All of them: for a process that decides nothing meanwhile. */
  list(): Promise<User[]> {
    return this.#repository.list();
  }

  /** By `id`, `email`, `name`, `active`, `roles`, `createdAt`, `lastLoginAt`. */
  page(page: Page, wanted: readonly Wanted[]): Promise<User[]> {
    return this.#repository.page(page, wanted);
  }

  count(wanted: readonly Wanted[]): Promise<number> {
    return this.#repository.count(wanted);
  }

  /** The addresses of active administrators. */
  async administrators(): Promise<string[]> {
    const ids = await this.#repository.membersOf(ADMIN_ROLE);
    const found = await Promise.all(ids.map((id) => this.#repository.find(id)));
    return found.flatMap((user) => (user?.active ? [user.email] : []));
  }

  find(id: string): Promise<User | undefined> {
    return this.#repository.find(id);
  }

  async findByEmail(email: string): Promise<User | undefined> {
    const found = await this.#repository.findByEmail(normaliseEmail(email));
    return found && this.#repository.find(found.id);
  }

  /** @throws Refused (with the field's name) for a bad value, Conflict for an e-mail address that is taken. */
  async add(input: NewUser): Promise<User> {
    const memberships = await this.#checkedRoles(input.roles ?? []);
    const createdAt = this.#now();
    const user: User = {
      id: randomUUID(),
      email: checkedEmail(input.email),
      name: checkedName(input.name ?? ''),
      active: input.active ?? true,
      roles: rolesAt(memberships, createdAt),
      memberships,
      createdAt,
      lastLoginAt: undefined,
    };
    await this.#repository.insert({ ...user, passwordHash: await this.#hashOf(input.password) });
    return user;
  }

  /**
   * Changes what is given and leaves the rest. A change of password, roles or activity ends the user's sessions.
   * @throws Refused, Conflict, LastAdministrator.
   */
  async change(id: string, change: UserChange): Promise<User> {
    // Before the user is read: it takes its time, and what another administrator changes meanwhile must not be undone.
    const hash = change.password === undefined ? undefined : await this.#hashOf(change.password);
    const before = await this.#repository.find(id);
    if (!before) throw new Refused('id', 'There is no such user.');
    const memberships = change.roles === undefined ? before.memberships : await this.#checkedRoles(change.roles);
    const after: User = {
      ...before,
      email: change.email === undefined ? before.email : checkedEmail(change.email),
      name: change.name === undefined ? before.name : checkedName(change.name),
      active: change.active ?? before.active,
      roles: rolesAt(memberships, this.#now()),
      memberships,
    };
    await this.#repository.update(after, hash);
    if (hash !== undefined || after.active !== before.active || !sameMemberships(after.memberships, before.memberships))
      await this.#changed(id);
    return after;
  }

  /** What an import of these people would do. */
  async planImport(people: readonly WrittenPerson[]): Promise<ImportPlan> {
    const there = { users: await this.#repository.list(), roles: await this.#repository.listRoles() };
    return planImport(people, there, this.#now());
  }

  /**
   * Does all of a plan or nothing, and has each change recorded as done by `actor`; the sessions of who was changed end.
   * @throws Refused, Conflict where the users were changed meanwhile; LastAdministrator
   */
  async import({ added, changed, refused }: ImportPlan, actor: string): Promise<void> {
    const [fault] = refused;
    if (fault) throw new Refused('file', `line ${fault.line}: ${fault.message}`);
    const people = { added: added.map(newcomer), changed: changed.map(({ after }) => after) };
    await this.#repository.importPeople(people, actor, this.#now());
    for (const { id } of people.changed) await this.#changed(id);
  }

  /** @throws LastAdministrator. */
  async remove(id: string): Promise<void> {
    await this.#repository.remove(id);
    await this.#changed(id);
  }

  listRoles(): Promise<Role[]> {
    return this.#repository.listRoles();
  }

  async addRole(role: Role): Promise<Role> {
    const checked = { name: checkedRoleName(role.name), description: checkedName(role.description) };
    await this.#repository.insertRole(checked);
    return checked;
  }

  async describeRole(name: string, description: string): Promise<Role> {
    const role = { name, description: checkedName(description) };
    await this.#repository.updateRole(role);
    return role;
  }

  /** @throws Refused for the role `admin`; ends the sessions of everybody who had the role. */
  async removeRole(name: string): Promise<void> {
    if (name === ADMIN_ROLE) throw new Refused('name', `The role "${ADMIN_ROLE}" opens the admin panel and stays.`);
    const members = await this.#repository.membersOf(name);
    await this.#repository.removeRole(name);
    for (const member of members) await this.#changed(member);
  }

  /** What is wrong with a new password, in words; `undefined` where nothing is. */
  unfit(password: string): string | undefined {
    try {
      this.#passwords.check(password);
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  }

  async #hashOf(password: string | undefined): Promise<string> {
    if (password === undefined) return NO_PASSWORD;
    this.#passwords.check(password);
    return this.#passwords.hash(password);
  }

  async #checkedRoles(wishes: readonly RoleWish[]): Promise<readonly Membership[]> {
    return checkedRoles(wishes, await this.#repository.listRoles());
  }
}
