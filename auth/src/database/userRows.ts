import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
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
    .addSelect('member.roleName', 'roleName');
}

/** @param rows all rows of one user; at least one */
export function userFrom(rows: readonly [UserAndRole, ...UserAndRole[]]): User {
  const [row] = rows;
  return {
    id: row.userId,
    email: row.email,
    name: row.name,
    // SQLite knows no booleans.
    active: Boolean(row.active),
    // Sorted here, not by the database, whose order of letters depends on its locale.
    roles: rows.flatMap(({ roleName }) => roleName ?? []).sort(),
    createdAt: new Date(row.userCreatedAt),
    lastLoginAt: row.lastLoginAt === null ? undefined : new Date(row.lastLoginAt),
  };
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
