import { createHash, randomBytes } from 'node:crypto';

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, base64url: what a cookie carries. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether it has the form of one of ours; anything else is not worth a look into the store. */
export function looksLikeSecret(value: string): boolean {
  return SECRET.test(value);
}

/** SHA-256, hex. The secrets are random, so no salt and no slow hash is needed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
