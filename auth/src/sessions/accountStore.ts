import { Store, type SessionData } from 'express-session';
import type { CookieOptions } from './cookies.ts';
import type { Sessions } from './sessions.ts';

declare module 'express-session' {
  interface SessionData {
    userId: string;
  }
}

/** How the cookie is set; `maxAge` in milliseconds. */
type AccountCookie = CookieOptions & { readonly maxAge: number };
type Callback<T> = (error: unknown, value?: T) => void;

/**
 * express-session's view of the live sessions. It reads and ends them; a row is only made by `Sessions.start`, so what
 * express-session wants to write is already there, and nothing is written on the way of a request.
 */
export class AccountStore extends Store {
  readonly #sessions: Sessions;
  readonly #cookie: AccountCookie;

  constructor(sessions: Sessions, cookie: AccountCookie) {
    super();
    this.#sessions = sessions;
    this.#cookie = cookie;
  }

  override get(id: string, callback: Callback<SessionData | null>): void {
    this.#sessions.ofAccountCookie(id).then(
      (live) => {
        if (!live) {
          callback(null, null);
          return;
        }
        const cookie = { ...this.#cookie, originalMaxAge: this.#cookie.maxAge, expires: live.expiresAt };
        // express-session makes its Cookie of these fields.
        const data: unknown = { cookie, userId: live.userId };
        callback(null, data as SessionData);
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  override set(_id: string, _session: SessionData, callback?: Callback<void>): void {
    callback?.(null);
  }

  override destroy(id: string, callback?: Callback<void>): void {
    this.#end(id).then(
      () => callback?.(null),
      (error: unknown) => callback?.(error),
    );
  }

  async #end(id: string): Promise<void> {
    const live = await this.#sessions.ofAccountCookie(id);
    if (live) await this.#sessions.end(live.id);
  }
}
