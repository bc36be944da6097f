import { randomUUID } from 'node:crypto';
import { userAt } from '../identity/membership.ts';
import type { User } from '../identity/user.ts';
import type { Clock } from '../shared/clock.ts';
import type { Page, Pages, Wanted } from '../shared/list.ts';
import { StoreCache } from '../shared/storeCache.ts';
import { Ended } from './ended.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secrets.ts';
import type { LiveSession, Session, SessionRepository } from './session.ts';

/** Of one user at a time; a reading room may share an account. Every login leaves a row, and a script logs in for ever. */
const MOST_OF_ONE_USER = 100;

export type NewSession = {
  readonly user: User;
  /** The secrets of the access cookie and of the account cookie. */
  readonly access: string;
  readonly account: string;
  readonly address: string;
  readonly userAgent: string;
};

/**
 * The live sessions. A tile asks here, so a session is read once and kept until something changes; what ends in this
 * process is forgotten at once. A session that is expired, or whose user is disabled, is not live: `undefined`.
 */
export class Sessions implements Pages<LiveSession> {
  readonly #repository: SessionRepository;
  readonly #lifetime: number;
  readonly #now: Clock;
  /** By hash of the access secret, and by id: two ways to one entry. */
  readonly #read: StoreCache<LiveSession>;
  readonly #ended = new Ended(async (id) => {
    await this.#repository.remove(id);
    this.#read.clear();
  });

  /** `lifetime` in seconds. */
  constructor(repository: SessionRepository, lifetime: number, now: Clock) {
    this.#repository = repository;
    this.#read = new StoreCache(repository);
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /** Begins a session; the user's oldest end where there are too many of them. */
  async start(input: NewSession): Promise<Session> {
    const createdAt = this.#now();
    const session: Session = {
      id: randomUUID(),
      userId: input.user.id,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + this.#lifetime * 1000),
      address: input.address,
      userAgent: input.userAgent.slice(0, 200),
    };
    await this.#ended.writeAll();
    await this.#repository.insert({
      ...session,
      accessHash: hashSecret(input.access),
      accountHash: hashSecret(input.account),
    });
    if ((await this.#repository.removeOldestOf(session.userId, MOST_OF_ONE_USER)) > 0) this.#read.clear();
    return session;
  }

  async ofAccessCookie(value: string): Promise<LiveSession | undefined> {
    if (!looksLikeSecret(value)) return undefined;
    const hash = hashSecret(value);
    return this.#live(await this.#read.once(hash, () => this.#repository.findByAccessHash(hash)));
  }

  /** Whether this was the cookie of a session whose time is over; false when that is long ago and it is forgotten. */
  async hasExpired(value: string): Promise<boolean> {
    if (!looksLikeSecret(value)) return false;
    const hash = hashSecret(value);
    const found = await this.#read.once(hash, () => this.#repository.findByAccessHash(hash));
    return found !== undefined && found.expiresAt <= this.#now();
  }

  async ofId(id: string): Promise<LiveSession | undefined> {
    return this.#live(await this.#read.once(id, () => this.#repository.find(id)));
  }

  /** Read from the store every time: the panel acts on it. */
  async ofAccountCookie(value: string): Promise<LiveSession | undefined> {
    return this.#live(await this.#repository.findByAccountHash(hashSecret(value)));
  }

  /** All of them: for a process that decides nothing meanwhile. */
  async list(): Promise<LiveSession[]> {
    const all = await this.#repository.list();
    return all.flatMap((session) => this.#live(session) ?? []);
  }

  async page(page: Page, wanted: readonly Wanted[]): Promise<LiveSession[]> {
    const found = await this.#repository.page(page, wanted, this.#now());
    return found.flatMap((session) => this.#live(session) ?? []);
  }

  count(wanted: readonly Wanted[]): Promise<number> {
    return this.#repository.count(wanted, this.#now());
  }

  /** Puts the end of a session into the past while its browser keeps the cookie `access`, as when its time is over. */
  async lapse(session: LiveSession, access: string): Promise<void> {
    const { user: _, ...row } = session;
    const [accessHash, accountHash] = [hashSecret(access), hashSecret(newSecret())];
    await this.end(session.id);
    await this.#repository.insert({ ...row, expiresAt: this.#now(), accessHash, accountHash });
  }

  /** @throws StoreUnavailable where that could not be written; it is over all the same, while this process lives */
  async end(id: string): Promise<void> {
    await this.#ended.end(id);
  }

  async endAllOf(userId: string): Promise<void> {
    await this.#repository.removeOfUser(userId);
    this.#read.clear();
  }

  #live(session: LiveSession | undefined): LiveSession | undefined {
    if (!session?.user.active || this.#ended.has(session.id)) return undefined;
    const now = this.#now();
    if (session.expiresAt <= now) return undefined;
    // What was read is kept until the database changes, and a role begins and ends without that.
    const user = userAt(session.user, now);
    return user === session.user ? session : { ...session, user };
  }
}
