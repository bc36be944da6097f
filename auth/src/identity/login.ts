import type { Devices } from './devices.ts';
import { FairQueue } from './fairQueue.ts';
import type { LoginResult } from './loginResult.ts';
import { networkOf } from './network.ts';
import type { Passwords } from './passwords.ts';
import type { Client, Throttle } from './throttle.ts';
import type { UserRepository } from './userRepository.ts';
import { normaliseEmail } from './checks.ts';

export type LoginAttempt = {
  readonly email: string;
  readonly password: string;
  /** Of the client (IP). */
  readonly address: string;
  /** What the browser carries of device cookies, whosever they are. */
  readonly deviceCookies: readonly string[];
};

/**
 * Comparing holds a thread of the pool that the tiles need too, so two at a time, and addresses (known devices) take turns;
 * a device finds room also where strangers with as many addresses have filled the queue.
 * More in all, and the wait (about 0.1 seconds each on two cores) would outlast the reader's patience.
 */
const QUEUE = { atOnce: 2, perKey: 20, inAll: 60 };
/** Seconds. */
const RETRY_WHEN_FULL = 5;

export class Login {
  readonly #users: UserRepository;
  readonly #passwords: Passwords;
  readonly #throttle: Throttle;
  readonly #devices: Devices;
  readonly #queue = new FairQueue(QUEUE);

  constructor(users: UserRepository, passwords: Passwords, throttle: Throttle, devices: Devices) {
    this.#users = users;
    this.#passwords = passwords;
    this.#throttle = throttle;
    this.#devices = devices;
  }

  /** Tries e-mail address and password. @throws StoreUnavailable */
  async attempt(attempt: LoginAttempt, now: Date): Promise<LoginResult> {
    const result = await this.check(attempt);
    if (result.kind === 'ok') await this.#users.touchLastLogin(result.user.id, now);
    return result;
  }

  /** The same where it is no login: somebody who is logged in says the password again. @throws StoreUnavailable */
  async check({ email, password, address, deviceCookies }: LoginAttempt): Promise<LoginResult> {
    const account = normaliseEmail(email);
    const client: Client = { account, address, device: this.#devices.read(deviceCookies, account) };
    const wait = await this.#throttle.secondsToWait(client);
    if (wait > 0) return { kind: 'throttled', retryAfter: wait };
    const key = client.device ?? networkOf(address);
    const known = client.device !== undefined;
    const result = await this.#queue.run(key, () => this.#try(client, password), known);
    return result === 'full' ? { kind: 'throttled', retryAfter: RETRY_WHEN_FULL } : result;
  }

  async #try(client: Client, password: string): Promise<LoginResult> {
    // Once more: many that came at once have all found the budget whole.
    const wait = await this.#throttle.secondsToWait(client);
    if (wait > 0) return { kind: 'throttled', retryAfter: wait };

    const found = await this.#users.findByEmail(client.account);
    const matches = await this.#passwords.matches(password, found?.passwordHash);
    if (!found || !matches || !found.active) {
      await this.#throttle.failed(client);
      return { kind: 'wrong' };
    }
    await this.#throttle.succeeded(client);
    const { passwordHash, ...user } = found;
    const deviceCookie = this.#devices.issue(client.account, client.device);
    return { kind: 'ok', user, deviceCookie, stillHolds: () => this.#holds(client.account, passwordHash) };
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
