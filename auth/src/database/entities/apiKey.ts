import { table } from './table.ts';
import { time } from './time.ts';

/** `hash`: of the secret, SHA-256, hex. `folders`: a list, JSON. `pixels`: `null` for whole images. */
export type ApiKeyRow = {
  id: string;
  name: string;
  hash: string;
  folders: string;
  pixels: number | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
};

export const apiKeyTable = table<ApiKeyRow>({
  name: 'api_key',
  tableName: 'api_keys',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'api_keys_pk' },
    name: { type: 'text' },
    hash: { type: 'varchar', length: 64 },
    folders: { type: 'text' },
    pixels: { type: 'integer', nullable: true },
    createdAt: { name: 'created_at', ...time },
    expiresAt: { name: 'expires_at', ...time },
    lastUsedAt: { name: 'last_used_at', ...time, nullable: true },
  },
  indices: [
    { name: 'api_keys_name', columns: ['name'], unique: true },
    { name: 'api_keys_hash', columns: ['hash'], unique: true },
  ],
});
