import type { EntityManager } from 'typeorm';
import { Refused } from '../identity/errors.ts';
import type { User, UserWithHash } from '../identity/user.ts';
import { toText } from './entities/time.ts';
import type { UserRow } from './entities/user.ts';
import type { UserRoleRow } from './entities/userRole.ts';
import { refusing } from './failure.ts';
import { storable } from './text.ts';

const noSuchRole = () => new Refused('roles', 'One of the roles is not there any more.');

export function rowOf(user: UserWithHash): UserRow {
  return {
    id: user.id,
    ...changeable(user),
    passwordHash: user.passwordHash,
    createdAt: toText(user.createdAt),
    lastLoginAt: user.lastLoginAt ? toText(user.lastLoginAt) : null,
  };
}

/** The columns that a change of a user writes. */
export function changeable(user: User) {
  return { email: storable(user.email), name: storable(user.name), active: user.active };
}

/** @throws Refused where one of the roles does not exist */
export async function insertRoles(manager: EntityManager, user: User): Promise<void> {
  const rows = user.memberships.map(({ role, from, until }): UserRoleRow => ({
    userId: user.id,
    roleName: role,
    beginsAt: from ? toText(from) : null,
    endsAt: until ? toText(until) : null,
  }));
  if (rows.length > 0) await refusing(() => manager.insert('user_role', rows), { foreignKey: noSuchRole });
}
