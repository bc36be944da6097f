import type { Passwords } from './passwords.ts';
import type { Throttle } from './throttle.ts';
import type { User } from './user.ts';
import type { UserRepository } from './userRepository.ts';
import { normaliseEmail } from './users.ts';

export type LoginResult =
  | { readonly kind: 'ok'; readonly user: User }
  /** Unknown, disabled or mistyped: the three are one answer, so that nobody learns who has an account. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'throttled'; readonly retryAfter: number };

/** More comparisons than this in the queue, and the wait would outlast the reader's patience (and the tiles' share). */
const LONGEST_QUEUE = 20;

export class Login {
  readonly #users: UserRepository;
  readonly #passwords: Passwords;
  readonly #throttle: Throttle;

  constructor(users: UserRepository, passwords: Passwords, throttle: Throttle) {
    this.#users = users;
    this.#passwords = passwords;
    this.#throttle = throttle;
  }

  /** Tries e-mail address and password, from the client's `address` (IP). `retryAfter` is in seconds. */
  async attempt(email: string, password: string, address: string, now: Date): Promise<LoginResult> {
    const account = normaliseEmail(email);
    const wait = await this.#throttle.secondsToWait(account, address);
    if (wait > 0) return { kind: 'throttled', retryAfter: wait };
    if (this.#passwords.waiting > LONGEST_QUEUE) return { kind: 'throttled', retryAfter: 5 };

    const found = await this.#users.findByEmail(account);
    const matches = await this.#passwords.matches(password, found?.passwordHash);
    if (!found || !matches || !found.active) {
      await this.#throttle.failed(account, address);
      return { kind: 'wrong' };
    }
    await this.#throttle.succeeded(account, address);
    await this.#users.touchLastLogin(found.id, now);
    const { passwordHash: _, ...user } = found;
    return { kind: 'ok', user };
  }
}
