import { table } from './table.ts';
import { time } from './time.ts';

/** That a user may set a password, by a link; one for each user, which goes with the user. `hash`: SHA-256, hex. */
export type InvitationRow = { userId: string; hash: string; expiresAt: string };

export const invitationTable = table<InvitationRow>({
  name: 'invitation',
  tableName: 'invitations',
  columns: {
    userId: { name: 'user_id', type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'invitations_pk' },
    hash: { type: 'varchar', length: 64 },
    expiresAt: { name: 'expires_at', ...time },
  },
  foreignKeys: [
    {
      name: 'invitations_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
  indices: [
    { name: 'invitations_hash', columns: ['hash'], unique: true },
    { name: 'invitations_expires_at', columns: ['expiresAt'] },
  ],
});
