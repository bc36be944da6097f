import type { User } from '../identity/user.ts';
import type { Page, Wanted } from '../shared/list.ts';
import type { Changing } from '../shared/storeCache.ts';

/** One login. Ends at `expiresAt` at the latest, whatever is done with it. */
export type Session = {
  /** UUID; names the session in tokens, panel and CLI, and opens nothing. */
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Client address (IP) and browser at login, for the list of live sessions. */
  readonly address: string;
  readonly userAgent: string;
};

/** A session with its user, as both were when last read. */
export type LiveSession = Session & { readonly user: User };

/** The two secrets of a session as they are stored: SHA-256, hex. A stolen database opens nothing. */
export type SessionHashes = { readonly accessHash: string; readonly accountHash: string };

/** Where sessions are kept; implemented in `database/`. Every method throws `StoreUnavailable` when it does not answer. */
export interface SessionRepository extends Changing {
  insert(session: Session & SessionHashes): Promise<void>;
  findByAccessHash(hash: string): Promise<LiveSession | undefined>;
  findByAccountHash(hash: string): Promise<LiveSession | undefined>;
  find(id: string): Promise<LiveSession | undefined>;
  list(): Promise<LiveSession[]>;
  /** Of those whose time is not over at `now`; by `id`, `user` (e-mail), `createdAt`, `expiresAt`, `address`, `userAgent`. */
  page(page: Page, wanted: readonly Wanted[], now: Date): Promise<LiveSession[]>;
  count(wanted: readonly Wanted[], now: Date): Promise<number>;
  remove(id: string): Promise<void>;
  removeOfUser(userId: string): Promise<void>;
  /** Removes all but the newest `kept` of a user's. Answers how many. */
  removeOldestOf(userId: string, kept: number): Promise<number>;
}
