import type { EntityManager } from 'typeorm';
import { Conflict, Refused } from '../identity/errors.ts';
import type { User, UserWithHash } from '../identity/user.ts';
import { toText } from './entities/time.ts';
import type { UserRow } from './entities/user.ts';
import type { UserRoleRow } from './entities/userRole.ts';
import { refusing } from './failure.ts';
import { storable } from './text.ts';

const noSuchUser = () => new Refused('id', 'There is no such user.');
const emailTaken = () => new Conflict('email', 'There is a user with this e-mail address already.');
const noSuchRole = () => new Refused('roles', 'One of the roles is not there any more.');

/** @throws Conflict where the e-mail address is taken; Refused where one of the roles does not exist */
export async function insertUser(manager: EntityManager, user: UserWithHash): Promise<void> {
  await refusing(() => manager.insert('user', rowOf(user)), { unique: emailTaken });
  await insertRoles(manager, user);
}

/** With a new password, the links to set one are over. @throws Conflict, Refused: the same, and where there is no such user */
export async function updateUser(manager: EntityManager, user: User, passwordHash?: string): Promise<void> {
  const columns = { ...changeable(user), ...(passwordHash === undefined ? {} : { passwordHash }) };
  const update = manager.createQueryBuilder().update('user').set(columns).where('id = :id', { id: user.id });
  const { affected } = await refusing(() => update.execute(), { unique: emailTaken });
  if (affected === 0) throw noSuchUser();
  for (const table of ['user_role', ...(passwordHash === undefined ? [] : ['password_link'])]) {
    await manager.createQueryBuilder().delete().from(table).where('user_id = :id', { id: user.id }).execute();
  }
  await insertRoles(manager, user);
}

function rowOf(user: UserWithHash): UserRow {
  return {
    id: user.id,
    ...changeable(user),
    passwordHash: user.passwordHash,
    createdAt: toText(user.createdAt),
    lastLoginAt: user.lastLoginAt ? toText(user.lastLoginAt) : null,
  };
}

/** The columns that a change of a user writes. */
function changeable(user: User) {
  return { email: storable(user.email), name: storable(user.name), active: user.active };
}

async function insertRoles(manager: EntityManager, user: User): Promise<void> {
  const rows = user.memberships.map(({ role, from, until }): UserRoleRow => ({
    userId: user.id,
    roleName: role,
    beginsAt: from ? toText(from) : null,
    endsAt: until ? toText(until) : null,
  }));
  if (rows.length > 0) await refusing(() => manager.insert('user_role', rows), { foreignKey: noSuchRole });
}
