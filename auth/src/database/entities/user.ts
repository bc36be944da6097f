import { table } from './table.ts';
import { time } from './time.ts';

export type UserRow = {
  id: string;
  email: string;
  name: string;
  active: boolean;
  passwordHash: string;
  createdAt: string;
  lastLoginAt: string | null;
};

export const userTable = table<UserRow>({
  name: 'user',
  tableName: 'users',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'users_pk' },
    email: { type: 'varchar', length: 320 },
    name: { type: 'text' },
    active: { type: 'boolean' },
    passwordHash: { name: 'password_hash', type: 'text' },
    createdAt: { name: 'created_at', ...time },
    lastLoginAt: { name: 'last_login_at', ...time, nullable: true },
  },
  indices: [{ name: 'users_email', columns: ['email'], unique: true }],
});
