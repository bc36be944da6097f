import { createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import pLimit from 'p-limit';
import { Refused } from './errors.ts';

const DEFAULT_COST = 12;
const SHORTEST = 8;
const LONGEST = 1024;
/** Hashing holds a thread of the pool that file look-ups of the tiles need too, so few at a time. */
const AT_ONCE = 2;

/** In the place of a hash: whoever has it has yet to set a password. */
export const NO_PASSWORD = '';

/** Hashes passwords and compares them: bcrypt over base64(HMAC-SHA-256(salt, password)). */
export class Passwords {
  readonly #salt: string;
  readonly #cost: number;
  readonly #limit = pLimit(AT_ONCE);
  #decoy: Promise<string> | undefined;

  /** `salt` is `AUTH_PASSWORD_SALT`; `cost` is bcrypt's, a power of two of rounds. */
  constructor(salt: string, cost: number = DEFAULT_COST) {
    this.#salt = salt;
    this.#cost = cost;
  }

  /** @throws Refused where a new password is too short or absurdly long. */
  check(password: string): void {
    if (password.length < SHORTEST) throw new Refused('password', `At least ${SHORTEST} characters.`);
    if (password.length > LONGEST) throw new Refused('password', `At most ${LONGEST} characters.`);
  }

  hash(password: string): Promise<string> {
    return this.#limit(() => bcrypt.hash(this.#prepared(password), this.#cost));
  }

  /**
   * Whether `password` is the one of `hash`. Without a hash (no such user, or no password yet) it takes the same time and is false, so that
   * nobody learns from the clock which addresses have an account.
   */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    if (password.length > LONGEST) return false;
    const isThere = hash !== undefined && hash !== NO_PASSWORD;
    const against = isThere ? hash : await this.#decoyHash();
    const same = await this.#limit(() => bcrypt.compare(this.#prepared(password), against));
    return same && isThere;
  }

  #decoyHash(): Promise<string> {
    this.#decoy ??= this.hash(randomBytes(18).toString('base64'));
    return this.#decoy;
  }

  /** bcrypt reads 72 bytes and stops at NUL: the HMAC makes any password 44 harmless bytes. NFC: one é, not two. */
  #prepared(password: string): string {
    return createHmac('sha256', this.#salt).update(password.normalize('NFC'), 'utf8').digest('base64');
  }
}
