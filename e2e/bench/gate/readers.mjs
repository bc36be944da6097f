import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { keptSecret } from '../../../auth/src/config/secrets.ts';
import { openDatabaseOnce } from '../../../auth/src/database/open.ts';
import { hashSecret, newSecret } from '../../../auth/src/sessions/secrets.ts';
import { Signatures } from '../../../auth/src/sessions/signatures.ts';

/** Milliseconds that their logins last. */
const LIFETIME = 8 * 60 * 60 * 1000;

/**
 * @typedef {object} Reader who has an account and is logged in
 * @property {string} sessionId
 * @property {string} cookie as a `Cookie` header
 */

/**
 * Accounts and logins as auth would store them, without a password to hash for each.
 * @param {Parameters<typeof openDatabaseOnce>[0]} which
 * @param {number} count
 * @returns {Promise<Reader[]>}
 */
export async function addReaders(which, count) {
  const database = await openDatabaseOnce(which, { warn: console.error });
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + LIFETIME);
  const account = { active: true, roles: [], memberships: [], createdAt, lastLoginAt: createdAt, passwordHash: 'none' };
  try {
    /** @type {Reader[]} */
    const readers = [];
    for (let number = 0; number < count; number++) {
      const [userId, sessionId, access] = [randomUUID(), randomUUID(), newSecret()];
      await database.users.insert({ ...account, id: userId, email: `reader${number}@example.org`, name: '' });
      await database.sessions.insert({
        id: sessionId,
        userId,
        createdAt,
        expiresAt,
        address: '127.0.0.1',
        userAgent: 'bench',
        accessHash: hashSecret(access),
        accountHash: hashSecret(newSecret()),
      });
      readers.push({ sessionId, cookie: `vitrine_access=${access}` });
    }
    return readers;
  } finally {
    await database.close();
  }
}

/**
 * The database of a ./serve that was told of no other.
 * @param {string} data its folder
 */
export const ownDatabase = (data) => ({ type: /** @type {const} */ ('sqlite'), file: join(data, 'auth.db') });

/**
 * Signs paths with the key of a ./serve.
 * @param {string} data its folder
 */
export function signerOf(data) {
  const secret = keptSecret(data, 'AUTH_SECRET_KEY');
  if (!secret.ok) throw new Error(secret.message);
  return new Signatures(secret.value, () => new Date());
}
