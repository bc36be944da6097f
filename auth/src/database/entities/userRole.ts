import { table } from './table.ts';
import { time } from './time.ts';

/** That a user has a role, for ever where no times are there. Goes when either goes. */
export type UserRoleRow = { userId: string; roleName: string; beginsAt: string | null; endsAt: string | null };

export const userRoleTable = table<UserRoleRow>({
  name: 'user_role',
  tableName: 'user_roles',
  columns: {
    userId: { name: 'user_id', type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'user_roles_pk' },
    roleName: {
      name: 'role_name',
      type: 'varchar',
      length: 63,
      primary: true,
      primaryKeyConstraintName: 'user_roles_pk',
    },
    beginsAt: { name: 'begins_at', ...time, nullable: true },
    endsAt: { name: 'ends_at', ...time, nullable: true },
  },
  foreignKeys: [
    {
      name: 'user_roles_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'user_roles_role',
      target: 'role',
      columnNames: ['roleName'],
      referencedColumnNames: ['name'],
      onDelete: 'CASCADE',
    },
  ],
  indices: [{ name: 'user_roles_role_name', columns: ['roleName'] }],
});
