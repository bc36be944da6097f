import type { User } from '../identity/user.ts';

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
export interface SessionRepository {
  insert(session: Session & SessionHashes): Promise<void>;
  findByAccessHash(hash: string): Promise<LiveSession | undefined>;
  findByAccountHash(hash: string): Promise<LiveSession | undefined>;
  find(id: string): Promise<LiveSession | undefined>;
  list(): Promise<LiveSession[]>;
  remove(id: string): Promise<void>;
  removeOfUser(userId: string): Promise<void>;
  removeExpired(now: Date): Promise<void>;
}
