import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type Membership, rolesAt } from '../identity/membership.ts';
import type { User } from '../identity/user.ts';

/** One user with one of the roles; a user with many comes in many rows. */
export type UserAndRole = {
  userId: string;
  email: string;
  name: string;
  active: boolean | number;
  userCreatedAt: string;
  lastLoginAt: string | null;
  roleName: string | null;
  roleBeginsAt: string | null;
  roleEndsAt: string | null;
};

/** A select of users, with the columns of {@link UserAndRole}. */
export function usersIn(manager: EntityManager) {
  return withUserAndRole(manager.createQueryBuilder().from('user', 'user'));
}

/** Adds to a select the columns of {@link UserAndRole}. The user's alias is `user`. */
export function withUserAndRole<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
  return query
    .leftJoin('user_role', 'member', 'member.userId = user.id')
    .addSelect('user.id', 'userId')
    .addSelect('user.email', 'email')
    .addSelect('user.name', 'name')
    .addSelect('user.active', 'active')
    .addSelect('user.createdAt', 'userCreatedAt')
    .addSelect('user.lastLoginAt', 'lastLoginAt')
    .addSelect('member.roleName', 'roleName')
    .addSelect('member.beginsAt', 'roleBeginsAt')
    .addSelect('member.endsAt', 'roleEndsAt');
}

/**
 * A user, with the roles of a moment.
 * @param rows all rows of one user; at least one
 */
export function userFrom(rows: readonly [UserAndRole, ...UserAndRole[]], at: Date): User {
  const [row] = rows;
  const memberships = membershipsIn(rows);
  return {
    id: row.userId,
    email: row.email,
    name: row.name,
    // SQLite knows no booleans.
    active: Boolean(row.active),
    roles: rolesAt(memberships, at),
    memberships,
    createdAt: new Date(row.userCreatedAt),
    lastLoginAt: row.lastLoginAt === null ? undefined : new Date(row.lastLoginAt),
  };
}

/** Sorted here, not by the database, whose order of letters depends on its locale. */
function membershipsIn(rows: readonly UserAndRole[]): Membership[] {
  const memberships = rows.flatMap(({ roleName: role, roleBeginsAt, roleEndsAt }) =>
    role === null ? [] : { role, from: momentOf(roleBeginsAt), until: momentOf(roleEndsAt) },
  );
  return memberships.sort((a, b) => (a.role < b.role ? -1 : 1));
}

function momentOf(stored: string | null): Date | undefined {
  return stored === null ? undefined : new Date(stored);
}

/** Rows that belong together, in the order of their first. */
export function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): [Row, ...Row[]][] {
  return [...Map.groupBy(rows, key).values()] as [Row, ...Row[]][];
}

/** The same in the order of their keys; what is gone since these were read is left out. */
export function inOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  key: (row: Row) => string,
): [Row, ...Row[]][] {
  const byKey = new Map(grouped(rows, key).map((some) => [key(some[0]), some]));
  return keys.flatMap((one) => {
    const some = byKey.get(one);
    return some ? [some] : [];
  });
}
