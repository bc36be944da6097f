import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Ration } from '../identity/ration.ts';
import type { Clock } from '../shared/clock.ts';
import { StoreCache } from '../shared/storeCache.ts';
import { firstLive } from './firstLive.ts';
import type { EndedVisits, Step, Visit } from './visit.ts';
import { readVisit, withStep } from './visitText.ts';

/** Rows of ended visits, an hour: anybody can begin visits and end them. */
const ENDINGS = { each: 100, all: 2000, duration: 60 * 60 };
/** Ended visits that this process remembers whether they have a row or not. */
const REMEMBERED = 10_000;

/**
 * The visits that are not over. A visit is in its cookie and nowhere else, signed; only its end before the time is stored
 * (docs/decisions/0029-visits-are-not-stored.md). A tile asks here, so the answer is cached until something changes.
 */
export class Visits {
  readonly #ended: EndedVisits;
  readonly #key: Buffer;
  readonly #lifetime: number;
  readonly #now: Clock;
  readonly #read: StoreCache<{ readonly ended: boolean }>;
  readonly #remembered = new LRUCache<string, true>({ max: REMEMBERED });
  readonly #endings = new Ration(ENDINGS);

  /** `lifetime` in seconds. */
  constructor(ended: EndedVisits, secret: string, lifetime: number, now: Clock) {
    this.#ended = ended;
    this.#read = new StoreCache(ended);
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'vitrine visit cookie', 32));
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /**
   * Takes a step, in the visit of the first of these cookies that has one. Answers what the cookie is to hold, and for how
   * many seconds: a step more adds no time.
   */
  async take(step: Step, cookies: readonly string[]): Promise<{ readonly cookie: string; readonly seconds: number }> {
    const before = (await firstLive(cookies, (one) => this.ofCookie(one)))?.found;
    const now = this.#now().getTime();
    const visit = withStep(before ?? this.#begun(now), step);
    const seconds = Math.max(1, Math.ceil((visit.expiresAt.getTime() - now) / 1000));
    return { cookie: `${visit.id}.${this.#mac(visit.id)}`, seconds };
  }

  async ofCookie(value: string): Promise<Visit | undefined> {
    return this.#live(this.#signed(value));
  }

  /** Whether this was the cookie of a visit whose time is over. */
  hasExpired(value: string): boolean {
    const visit = this.#signed(value);
    return visit !== undefined && visit.expiresAt <= this.#now();
  }

  /** The visit that a token or a signed path names, which are signed themselves. */
  async ofId(id: string): Promise<Visit | undefined> {
    return this.#live(readVisit(id));
  }

  /** Ends a visit before its time, for a client of this address (IP). */
  async end(visit: Visit, address: string): Promise<void> {
    // First, so that it is over here also where the database does not answer, or has had enough from there.
    this.#remembered.set(visit.number, true);
    this.#read.clear();
    if (await this.#endings.take(address)) await this.#ended.add(visit.number, visit.expiresAt);
  }

  #begun(now: number): Omit<Visit, 'id'> {
    const expiresAt = new Date(now + this.#lifetime * 1000);
    return { number: randomBytes(16).toString('base64url'), terms: [], atKiosk: false, shares: [], expiresAt };
  }

  #signed(cookie: string): Visit | undefined {
    const at = cookie.indexOf('.');
    const text = cookie.slice(0, Math.max(0, at));
    const [given, expected] = [Buffer.from(cookie.slice(at + 1)), Buffer.from(this.#mac(text))];
    return given.length === expected.length && timingSafeEqual(given, expected) ? readVisit(text) : undefined;
  }

  async #live(visit: Visit | undefined): Promise<Visit | undefined> {
    if (!visit || visit.expiresAt <= this.#now() || this.#remembered.has(visit.number)) return undefined;
    const { number } = visit;
    const { ended } = await this.#read.once(number, async () => ({ ended: await this.#ended.has(number) }));
    return ended ? undefined : visit;
  }

  #mac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}
