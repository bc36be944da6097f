import type { Purpose } from '../../sessions/invitations.ts';
import { table } from './table.ts';
import { time } from './time.ts';

/** That a user may set a password, by a link; one of each purpose for each user, which go with the user. `hash`: SHA-256, hex. */
export type PasswordLinkRow = { hash: string; userId: string; purpose: Purpose; expiresAt: string };

export const passwordLinkTable = table<PasswordLinkRow>({
  name: 'password_link',
  tableName: 'password_links',
  columns: {
    hash: { type: 'varchar', length: 64, primary: true, primaryKeyConstraintName: 'password_links_pk' },
    userId: { name: 'user_id', type: 'varchar', length: 36 },
    purpose: { type: 'varchar', length: 16 },
    expiresAt: { name: 'expires_at', ...time },
  },
  foreignKeys: [
    {
      name: 'password_links_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
  indices: [
    { name: 'password_links_user_purpose', columns: ['userId', 'purpose'], unique: true },
    { name: 'password_links_expires_at', columns: ['expiresAt'] },
  ],
});
