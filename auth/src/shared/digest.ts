import { hash } from 'node:crypto';

/** A short name for a value, the same in every process: the first 12 hexadecimal digits of SHA-256 of its JSON. */
export function shortDigest(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 12);
}
