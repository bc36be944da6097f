import { table } from './table.ts';
import { time } from './time.ts';

/** What a browser without a login has shown. The hash is SHA-256, hex. */
export type VisitRow = {
  id: string;
  secretHash: string;
  agreed: boolean | number;
  atKiosk: boolean | number;
  createdAt: string;
  expiresAt: string;
};

export const visitTable = table<VisitRow>({
  name: 'visit',
  tableName: 'visits',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'visits_pk' },
    secretHash: { name: 'secret_hash', type: 'varchar', length: 64 },
    agreed: { type: 'boolean' },
    atKiosk: { name: 'at_kiosk', type: 'boolean' },
    createdAt: { name: 'created_at', ...time },
    expiresAt: { name: 'expires_at', ...time },
  },
  indices: [
    { name: 'visits_secret_hash', columns: ['secretHash'], unique: true },
    { name: 'visits_expires_at', columns: ['expiresAt'] },
  ],
});
