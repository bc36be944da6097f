import { randomUUID } from 'node:crypto';
import { Refused } from './errors.ts';
import type { Passwords } from './passwords.ts';
import { always, type Membership, rolesAt } from './membership.ts';
import { ADMIN_ROLE, type Role, type User } from './user.ts';
import type { UserRepository } from './userRepository.ts';
import type { Clock } from '../shared/clock.ts';
import type { Page, Pages, Wanted } from '../shared/list.ts';

/** A role by its name alone has no end. */
type RoleWish = string | Membership;

export type NewUser = { email: string; name?: string; password: string; roles?: readonly RoleWish[]; active?: boolean };
export type UserChange = {
  email?: string;
  name?: string;
  password?: string;
  roles?: readonly RoleWish[];
  active?: boolean;
};

const EMAIL = /^[^\s\p{Cc}@<>",;:()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/u;
const ROLE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u;
const NAME_LENGTH = 200;
const CONTROL = /\p{Cc}/u;

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
    this.#passwords.check(input.password);
    await this.#repository.insert({ ...user, passwordHash: await this.#passwords.hash(input.password) });
    return user;
  }

  /**
   * Changes what is given and leaves the rest. A change of password, roles or activity ends the user's sessions.
   * @throws Refused, Conflict, LastAdministrator.
   */
  async change(id: string, change: UserChange): Promise<User> {
    if (change.password !== undefined) this.#passwords.check(change.password);
    // Before the user is read: it takes its time, and what another administrator changes meanwhile must not be undone.
    const hash = change.password === undefined ? undefined : await this.#passwords.hash(change.password);
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
    if (hash !== undefined || after.active !== before.active || !sameRoles(after, before)) await this.#changed(id);
    return after;
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

  async #checkedRoles(wishes: readonly RoleWish[]): Promise<readonly Membership[]> {
    const known = new Set((await this.#repository.listRoles()).map((role) => role.name));
    const byRole = new Map<string, Membership>();
    for (const wish of wishes) {
      const wanted = typeof wish === 'string' ? always(wish) : wish;
      const membership = { ...wanted, role: wanted.role.normalize('NFC') };
      const { role } = membership;
      if (!known.has(role)) throw new Refused('roles', `There is no role "${role}".`);
      checkTimes(membership);
      const other = byRole.get(role);
      if (other && written([other]) !== written([membership])) {
        throw new Refused('roles', `The role "${role}" is there twice, with different times.`);
      }
      byRole.set(role, membership);
    }
    return [...byRole.values()].sort((a, b) => (a.role < b.role ? -1 : 1));
  }
}

/**
 * The one spelling in which an address is kept, looked up and counted: lower case, and composed (NFC), because one é can
 * be typed in two ways and macOS gives the other one.
 */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase().normalize('NFC');
}

function checkedEmail(email: string): string {
  const normal = normaliseEmail(email);
  if (!EMAIL.test(normal)) throw new Refused('email', 'This is not an e-mail address.');
  return normal;
}

function checkedName(name: string): string {
  const composed = name.normalize('NFC').trim();
  if (CONTROL.test(name)) throw new Refused('name', 'Control characters cannot be kept.');
  if (composed.length > NAME_LENGTH) throw new Refused('name', `At most ${NAME_LENGTH} characters.`);
  return composed;
}

function checkedRoleName(name: string): string {
  const composed = name.normalize('NFC');
  if (!ROLE_NAME.test(composed)) {
    throw new Refused('name', 'A role’s name is letters, digits, spaces, dots and hyphens.');
  }
  return composed;
}

function checkTimes({ role, from, until }: Membership): void {
  if (role === ADMIN_ROLE && (from ?? until)) {
    throw new Refused(
      'roles',
      `The role "${ADMIN_ROLE}" has no beginning and no end: nobody may be left to use the panel.`,
    );
  }
  if (from && until && until <= from) throw new Refused('roles', `The role "${role}" would end before it begins.`);
}

function sameRoles(a: User, b: User): boolean {
  return written(a.memberships) === written(b.memberships);
}

/** To the millisecond, so that two are alike where their texts are. */
function written(memberships: readonly Membership[]): string {
  return JSON.stringify(memberships.map(({ role, from, until }) => [role, from, until]));
}
