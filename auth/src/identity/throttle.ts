import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network.ts';

/** Failures that are allowed, and for how long they count, in seconds. */
const LIMITS = {
  /** One account from one address: somebody who mistypes. */
  pair: { points: 10, duration: 15 * 60 },
  /** One account from anywhere: a guess spread over many addresses. */
  account: { points: 100, duration: 60 * 60 },
  /** One address at any account: a list of addresses tried. A reading room behind one address must still get in. */
  address: { points: 100, duration: 15 * 60 },
} as const;

/** Counts failed logins and says when it is enough; an address is a client's network ({@link networkOf}). In memory: a restart forgets, which costs an attacker more than us. */
export class Throttle {
  readonly #pair = new RateLimiterMemory(LIMITS.pair);
  readonly #account = new RateLimiterMemory(LIMITS.account);
  readonly #address = new RateLimiterMemory(LIMITS.address);

  /** Seconds to wait before this account may be tried again from this address; 0 where it may be tried now. */
  async secondsToWait(email: string, address: string): Promise<number> {
    const states = await Promise.all(
      this.#buckets(email, address).map(async ([limiter, key]) => ({ limiter, state: await limiter.get(key) })),
    );
    const waits = states.map(({ limiter, state }) =>
      state && state.consumedPoints >= limiter.points ? Math.ceil(state.msBeforeNext / 1000) : 0,
    );
    return Math.max(...waits);
  }

  async failed(email: string, address: string): Promise<void> {
    for (const [limiter, key] of this.#buckets(email, address)) {
      await limiter.consume(key).catch((reason: unknown) => {
        // The limiter rejects with its state when the limit is passed; that is its answer, not an error.
        if (!(reason instanceof RateLimiterRes)) throw reason;
      });
    }
  }

  async succeeded(email: string, address: string): Promise<void> {
    await this.#pair.delete(`${email} ${networkOf(address)}`);
  }

  #buckets(email: string, address: string): [RateLimiterMemory, string][] {
    const network = networkOf(address);
    return [
      [this.#pair, `${email} ${network}`],
      [this.#account, email],
      [this.#address, network],
    ];
  }
}
