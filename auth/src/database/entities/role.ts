import { table } from './table.ts';

export type RoleRow = { name: string; description: string };

export const roleTable = table<RoleRow>({
  name: 'role',
  tableName: 'roles',
  columns: {
    name: { type: 'varchar', length: 63, primary: true, primaryKeyConstraintName: 'roles_pk' },
    description: { type: 'text' },
  },
});
