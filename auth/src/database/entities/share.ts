import { table } from './table.ts';
import { time } from './time.ts';

/** `hash`: of the secret, SHA-256, hex. `pixels`: `null` for whole images. `used`: how many of its people opened it. */
export type ShareRow = {
  id: string;
  hash: string;
  name: string;
  folder: string;
  pixels: number | null;
  people: number;
  used: number;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
};

export const shareTable = table<ShareRow>({
  name: 'share',
  tableName: 'shares',
  columns: {
    id: { type: 'varchar', length: 16, primary: true, primaryKeyConstraintName: 'shares_pk' },
    hash: { type: 'varchar', length: 64 },
    name: { type: 'text' },
    folder: { type: 'text' },
    pixels: { type: 'integer', nullable: true },
    people: { type: 'integer' },
    used: { type: 'integer' },
    createdAt: { name: 'created_at', ...time },
    expiresAt: { name: 'expires_at', ...time },
    lastUsedAt: { name: 'last_used_at', ...time, nullable: true },
  },
  indices: [
    { name: 'shares_hash', columns: ['hash'], unique: true },
    { name: 'shares_expires_at', columns: ['expiresAt'] },
  ],
});
