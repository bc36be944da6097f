import type { Passwords } from './passwords.ts';
import type { Throttle } from './throttle.ts';
import type { User } from './user.ts';
import type { UserRepository } from './userRepository.ts';
import { normaliseEmail } from './users.ts';

export type LoginResult =
  | {
      readonly kind: 'ok';
      readonly user: User;
      /** Whether user and password are still what they were; to be asked once the session is there, as it says below. */
      readonly stillHolds: () => Promise<boolean>;
    }
  /** Unknown, disabled or mistyped: the three are one answer, so that nobody learns who has an account. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'throttled'; readonly retryAfter: number };

/** More attempts than this at a time, and the wait would outlast the reader's patience (and the tiles' share). */
const MOST_AT_ONCE = 20;

export class Login {
  readonly #users: UserRepository;
  readonly #passwords: Passwords;
  readonly #throttle: Throttle;
  #underWay = 0;

  constructor(users: UserRepository, passwords: Passwords, throttle: Throttle) {
    this.#users = users;
    this.#passwords = passwords;
    this.#throttle = throttle;
  }

  /** Tries e-mail address and password, from the client's `address` (IP). `retryAfter` is in seconds. */
  async attempt(email: string, password: string, address: string, now: Date): Promise<LoginResult> {
    // Counted before anything is waited for: two hundred that come at once would all find an empty queue.
    if (this.#underWay >= MOST_AT_ONCE) return { kind: 'throttled', retryAfter: 5 };
    this.#underWay += 1;
    try {
      return await this.#attempt(email, password, address, now);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #attempt(email: string, password: string, address: string, now: Date): Promise<LoginResult> {
    const account = normaliseEmail(email);
    const wait = await this.#throttle.secondsToWait(account, address);
    if (wait > 0) return { kind: 'throttled', retryAfter: wait };

    const found = await this.#users.findByEmail(account);
    const matches = await this.#passwords.matches(password, found?.passwordHash);
    if (!found || !matches || !found.active) {
      await this.#throttle.failed(account, address);
      return { kind: 'wrong' };
    }
    await this.#throttle.succeeded(account, address);
    await this.#users.touchLastLogin(found.id, now);
    const { passwordHash, ...user } = found;
    return { kind: 'ok', user, stillHolds: () => this.#holds(account, passwordHash) };
  }

  /**
   * The comparison takes its time, and meanwhile the password may be changed or the user disabled, which ends the
   * sessions that there are. One that is begun after that is noticed here; one that was begun before it has been ended.
   */
  async #holds(account: string, passwordHash: string): Promise<boolean> {
    const now = await this.#users.findByEmail(account);
    return now?.active === true && now.passwordHash === passwordHash;
  }
}
