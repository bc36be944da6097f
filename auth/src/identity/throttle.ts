import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network.ts';

/** How often, and for how long it counts, in seconds. */
const LIMITS = {
  /** Failures of one account from one address, or of one known device: somebody who mistypes. */
  own: { points: 10, duration: 15 * 60 },
  /** Failures of one account from anywhere: a guess spread over many addresses. */
  account: { points: 100, duration: 60 * 60 },
  /** Failures of one account by its known devices, which that guess must not lock out. */
  devices: { points: 100, duration: 60 * 60 },
  /** Failures of one address at any account: a list of addresses tried. A reading room behind one must still get in. */
  address: { points: 100, duration: 15 * 60 },
  /** Logins of one account from one address, or of one known device. A reading room may share an account. */
  ownLogins: { points: 100, duration: 15 * 60 },
  /** Logins of one account from anywhere. */
  logins: { points: 200, duration: 15 * 60 },
} as const;

type Limit = keyof typeof LIMITS;
type Bucket = readonly [limit: Limit, key: string];

/** A client that tries to log in: to which account (its address as it is kept), from where (IP). `device`: known for this account. */
export type Client = { readonly account: string; readonly address: string; readonly device: string | undefined };

/** No account has a longer address; what strangers type is kept here for an hour. */
const LONGEST = 320;

/**
 * Counts logins and says when it is enough; an address is a client's network ({@link networkOf}). A device that has logged
 * in before has budgets of its own, which nobody else can use up. In memory: a restart forgets, which costs an attacker
 * more than us.
 */
export class Throttle {
  readonly #limiters = Object.fromEntries(
    Object.entries(LIMITS).map(([limit, options]) => [limit, new RateLimiterMemory(options)]),
  ) as Record<Limit, RateLimiterMemory>;

  /** Seconds to wait before this account may be tried again by this client; 0 where it may be tried now. */
  async secondsToWait(client: Client): Promise<number> {
    const waits = [...failures(client), ...logins(client)].map(async ([limit, key]) => {
      const state = await this.#limiters[limit].get(key);
      return state && state.consumedPoints >= LIMITS[limit].points ? Math.ceil(state.msBeforeNext / 1000) : 0;
    });
    return Math.max(...(await Promise.all(waits)));
  }

  async failed(client: Client): Promise<void> {
    await this.#count(failures(client));
  }

  async succeeded(client: Client): Promise<void> {
    await this.#limiters.own.delete(ownKey(client));
    await this.#count(logins(client));
  }

  async #count(buckets: readonly Bucket[]): Promise<void> {
    for (const [limit, key] of buckets) {
      await this.#limiters[limit].consume(key).catch((reason: unknown) => {
        // The limiter rejects with its state when the limit is passed; that is its answer, not an error.
        if (!(reason instanceof RateLimiterRes)) throw reason;
      });
    }
  }
}

function failures(client: Client): Bucket[] {
  const own: Bucket = ['own', ownKey(client)];
  const account = client.account.slice(0, LONGEST);
  if (client.device !== undefined) return [own, ['devices', account]];
  return [own, ['account', account], ['address', networkOf(client.address)]];
}

function logins(client: Client): Bucket[] {
  return [
    ['ownLogins', ownKey(client)],
    ['logins', client.account.slice(0, LONGEST)],
  ];
}

function ownKey({ account, address, device }: Client): string {
  return device ?? `${account.slice(0, LONGEST)} ${networkOf(address)}`;
}
