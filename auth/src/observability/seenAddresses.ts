import type { Clock } from '../shared/clock.ts';

/** Milliseconds: what is older than two of them is forgotten. */
const WHILE = 30 * 60 * 1000;
/** Addresses that are kept: enough to know that there are many. */
const KEPT = 1000;

type Seen = { requests: number; readonly addresses: Set<string> };

/** From which addresses requests came in the last half hour to hour. In memory only, and told to administrators. */
export class SeenAddresses {
  readonly #now: Clock;
  #since = -Infinity;
  #before: Seen = empty();
  #newest: Seen = empty();

  constructor(now: Clock) {
    this.#now = now;
  }

  /** `address`: IP. */
  note(address: string): void {
    this.#turn();
    this.#newest.requests += 1;
    if (this.#newest.addresses.size < KEPT) this.#newest.addresses.add(address);
  }

  read(): { readonly requests: number; readonly addresses: readonly string[] } {
    this.#turn();
    return {
      requests: this.#before.requests + this.#newest.requests,
      addresses: [...new Set([...this.#before.addresses, ...this.#newest.addresses])],
    };
  }

  #turn(): void {
    const now = this.#now().getTime();
    if (now - this.#since < WHILE) return;
    this.#before = now - this.#since < 2 * WHILE ? this.#newest : empty();
    this.#newest = empty();
    this.#since = now;
  }
}

function empty(): Seen {
  return { requests: 0, addresses: new Set() };
}
