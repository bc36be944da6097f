import { RateLimiterMemory } from 'rate-limiter-flexible';
import { networkOf } from './network.ts';

/** How much: for each client's network, and in all, within `duration` seconds. */
export type Portions = { readonly each: number; readonly all: number; readonly duration: number };

/**
 * Says whether what a stranger causes is still worth a row in the database: anybody can cause it without end, from
 * as many addresses as they have. In memory; bounded itself, because nobody is counted once all have had enough.
 */
export class Ration {
  readonly #each: RateLimiterMemory;
  readonly #all: RateLimiterMemory;

  constructor({ each, all, duration }: Portions) {
    this.#each = new RateLimiterMemory({ points: each, duration });
    this.#all = new RateLimiterMemory({ points: all, duration });
  }

  /** Takes one for a client of this address (IP). False where there is none left. */
  async take(address: string): Promise<boolean> {
    const network = networkOf(address);
    for (const [limiter, key] of [
      [this.#all, ''],
      [this.#each, network],
    ] as const) {
      if (((await limiter.get(key))?.consumedPoints ?? 0) >= limiter.points) return false;
    }
    await this.#all.penalty('');
    await this.#each.penalty(network);
    return true;
  }
}
