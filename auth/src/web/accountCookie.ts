import { hkdfSync } from 'node:crypto';
import { promisify } from 'node:util';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import { AccountStore } from '../sessions/accountStore.ts';
import { parseAll } from '../sessions/cookieHeader.ts';
import type { Cookies } from '../sessions/cookies.ts';
import { firstLive } from '../sessions/firstLive.ts';
import { looksLikeSecret, newSecret } from '../sessions/secrets.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** As many are looked up where a neighbour has set some of this name, too; see `sessions/cookies.ts`. */
const MOST = 5;

/** express-session's cookie. Only login, logout and the panel come through here, no tile and no document. */
export class AccountCookie {
  /** Steps that read it. */
  readonly read: readonly RequestHandler[];

  constructor(sessions: Sessions, cookies: Cookies, secretKey: string) {
    const { name, options } = cookies.account;
    const cookie = { ...options, maxAge: cookies.lifetime * 1000 };
    this.read = [
      liveFirst(sessions, name),
      session({
        name,
        secret: Buffer.from(hkdfSync('sha256', secretKey, '', 'vitrine account cookie', 32)).toString('hex'),
        store: new AccountStore(sessions, cookie),
        genid: newSecret,
        cookie,
        resave: false,
        saveUninitialized: false,
      }),
    ];
  }

  /**
   * Ends the session of the cookie that came, and has the browser keep a new id, which nobody can have set before.
   * Answers the id; the session is the caller's to start.
   */
  async renew(request: Request, userId: string): Promise<string> {
    await promisify(request.session.regenerate.bind(request.session))();
    // express-session sets no cookie for a session that nothing is kept in.
    request.session.userId = userId;
    return request.sessionID;
  }

  /** Ends the session of the cookie that came. */
  end(request: Request): Promise<void> {
    return promisify(request.session.destroy.bind(request.session))();
  }
}

/**
 * express-session takes the first cookie of its name, whoever set it. Where there are several, the one whose session is
 * live is put in front; whether its signature is ours, express-session looks itself.
 */
function liveFirst(sessions: Sessions, name: string): RequestHandler {
  return async function putLiveFirst(request, _response, next) {
    const { cookie } = request.headers;
    const values = parseAll(cookie).flatMap(([one, value]) => (one === name ? [value] : []));
    if (values.length > 1) {
      const ids = new Map(values.map((value) => [idOf(value), value]));
      const secrets = [...ids.keys()].filter(looksLikeSecret).slice(0, MOST);
      const live = await firstLive(secrets, (id) => sessions.ofAccountCookie(id));
      if (live) request.headers.cookie = `${name}=${String(ids.get(live.secret))}; ${String(cookie)}`;
    }
    next();
  };
}

/** The session's id in a signed value, as express-session writes it: `s:{id}.{signature}`, percent-encoded. */
function idOf(value: string): string {
  return /^s(?::|%3A)([\w-]+)\./.exec(value)?.[1] ?? '';
}
