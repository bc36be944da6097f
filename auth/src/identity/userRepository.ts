import type { Pages } from '../shared/list.ts';
import type { Role, User, UserWithHash } from './user.ts';

/** Who is added and who is changed at once. */
export type ImportedPeople = { readonly added: readonly UserWithHash[]; readonly changed: readonly User[] };

/**
 * Where users are kept; implemented in `database/`. Every method throws {@link StoreUnavailable} when the store does not
 * answer. `insert` and `update` throw {@link Conflict} where the e-mail address is taken; `update` and `remove` throw
 * {@link LastAdministrator} (and change nothing) where no active administrator would be left.
 */
export interface UserRepository extends Pages<User> {
  /** All of them. */
  list(): Promise<User[]>;
  /** The ids of those who have a role. */
  membersOf(role: string): Promise<string[]>;
  find(id: string): Promise<User | undefined>;
  findByEmail(email: string): Promise<UserWithHash | undefined>;
  insert(user: UserWithHash): Promise<void>;
  update(user: User, passwordHash?: string): Promise<void>;
  /** All of them in one transaction, or none: inserts, updates, and records each in the audit trail as done by `actor`. */
  importPeople(people: ImportedPeople, actor: string, at: Date): Promise<void>;
  remove(id: string): Promise<void>;
  touchLastLogin(id: string, at: Date): Promise<void>;
  listRoles(): Promise<Role[]>;
  insertRole(role: Role): Promise<void>;
  updateRole(role: Role): Promise<void>;
  removeRole(name: string): Promise<void>;
}
