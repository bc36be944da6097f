import { randomUUID } from 'node:crypto';
import type { User } from '../identity/user.ts';
import { Believed } from './believed.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secrets.ts';
import type { LiveSession, Session, SessionRepository } from './session.ts';

export type NewSession = {
  readonly user: User;
  /** The secrets of the access cookie and of the account cookie. */
  readonly access: string;
  readonly account: string;
  readonly address: string;
  readonly userAgent: string;
};

/**
 * The live sessions. A tile asks here, so a session is read once and kept for seconds; what ends in this process is
 * forgotten at once. A session that is expired, or whose user is disabled, is not live: `undefined`.
 */
export class Sessions {
  readonly #repository: SessionRepository;
  readonly #lifetime: number;
  readonly #now: () => Date;
  /** By hash of the access secret, and by id: two ways to one entry. */
  readonly #read = new Believed<LiveSession>();

  /** `lifetime` in seconds. */
  constructor(repository: SessionRepository, lifetime: number, now: () => Date) {
    this.#repository = repository;
    this.#lifetime = lifetime;
    this.#now = now;
  }

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
    await this.#repository.removeExpired(createdAt);
    await this.#repository.insert({
      ...session,
      accessHash: hashSecret(input.access),
      accountHash: hashSecret(input.account),
    });
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

  async list(): Promise<LiveSession[]> {
    const all = await this.#repository.list();
    return all.filter((session) => this.#live(session) !== undefined);
  }

  /** Puts the end of a session into the past while its browser keeps the cookie `access`, as when its time is over. */
  async lapse(session: LiveSession, access: string): Promise<void> {
    const { user: _, ...row } = session;
    const [accessHash, accountHash] = [hashSecret(access), hashSecret(newSecret())];
    await this.end(session.id);
    await this.#repository.insert({ ...row, expiresAt: this.#now(), accessHash, accountHash });
  }

  async end(id: string): Promise<void> {
    await this.#repository.remove(id);
    this.#read.clear();
  }

  async endAllOf(userId: string): Promise<void> {
    await this.#repository.removeOfUser(userId);
    this.#read.clear();
  }

  #live(session: LiveSession | undefined): LiveSession | undefined {
    if (!session?.user.active) return undefined;
    return session.expiresAt > this.#now() ? session : undefined;
  }
}
