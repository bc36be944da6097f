import { randomInt } from 'node:crypto';
import { Conflict } from './errors.ts';
import { ADMIN_ROLE } from './user.ts';
import type { Users } from './users.ts';

export type FirstAdministrator = {
  readonly email: string;
  /** The configured password; one is made up where there is none. */
  readonly password: string | undefined;
};

/** No 0 and O, no 1, I and l: the password is read from a log and typed. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A random password that can be read aloud: four groups of five characters, 116 bits. */
export function readablePassword(): string {
  const group = () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

/**
 * Makes the first administrator if there is no user of that e-mail address; one that exists is left alone.
 * @returns the password, where this call made both the user and the password: say it now, it is kept nowhere
 * @throws Refused for an e-mail address or a password that is not valid; StoreUnavailable
 */
export async function ensureAdministrator(
  users: Users,
  { email, password }: FirstAdministrator,
): Promise<string | undefined> {
  if (await users.findByEmail(email)) return undefined;
  const chosen = password ?? readablePassword();
  try {
    await users.add({ email, password: chosen, roles: [ADMIN_ROLE] });
    return password === undefined ? chosen : undefined;
  } catch (error) {
    // Another service that starts at the same moment was faster; its password is the one that counts.
    if (error instanceof Conflict) return undefined;
    throw error;
  }
}
