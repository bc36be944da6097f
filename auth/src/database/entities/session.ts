import { table } from './table.ts';
import { time } from './time.ts';

/** A live login; goes with its user. The hashes are SHA-256, hex. */
export type SessionRow = {
  id: string;
  userId: string;
  accessHash: string;
  accountHash: string;
  createdAt: string;
  expiresAt: string;
  address: string;
  userAgent: string;
};

export const sessionTable = table<SessionRow>({
  name: 'session',
  tableName: 'sessions',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'sessions_pk' },
    userId: { name: 'user_id', type: 'varchar', length: 36 },
    accessHash: { name: 'access_hash', type: 'varchar', length: 64 },
    accountHash: { name: 'account_hash', type: 'varchar', length: 64 },
    createdAt: { name: 'created_at', ...time },
    expiresAt: { name: 'expires_at', ...time },
    address: { type: 'text' },
    userAgent: { name: 'user_agent', type: 'text' },
  },
  foreignKeys: [
    {
      name: 'sessions_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
  indices: [
    { name: 'sessions_access_hash', columns: ['accessHash'], unique: true },
    { name: 'sessions_account_hash', columns: ['accountHash'], unique: true },
    { name: 'sessions_user_id', columns: ['userId'] },
    { name: 'sessions_expires_at', columns: ['expiresAt'] },
    { name: 'sessions_created_at', columns: ['createdAt', 'id'] },
  ],
});
