import type { Request, Response } from 'express';
import type { Strategy } from 'passport';
import type { CredentialReader } from '../gate/credentialReader.ts';
import { DEVICE_LIFETIME } from '../identity/devices.ts';
import type { LoginResult } from '../identity/loginResult.ts';
import type { User } from '../identity/user.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { Cookies } from '../sessions/cookies.ts';
import { newSecret } from '../sessions/secrets.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { AccountCookie } from './accountCookie.ts';
import { FailedLogins } from './failedLogins.ts';
import { askStrategy } from './passport.ts';
import { setCookies } from './setCookies.ts';

type Parts = {
  readonly accountCookie: AccountCookie;
  readonly credentialReader: CredentialReader;
  readonly sessions: Sessions;
  readonly cookies: Cookies;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly now: Clock;
};

/** What happens around a login, whichever way it is done. */
export class SignIn {
  readonly #parts: Parts;
  readonly #failed: FailedLogins;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#failed = new FailedLogins(parts.audit, parts.log);
  }

  /**
   * Logs in by a strategy, behind the steps of `AccountCookie.read`. It is recorded first; where the answer is `ok`, the
   * session that the browser had is over, the new one has begun, and its cookies are on the response.
   * @param claimed the e-mail address that was typed, which is recorded where nobody is logged in
   * @returns what the strategy answered; `wrong`, too, where the user was changed at that moment
   * @throws StoreUnavailable
   */
  async by(strategy: Strategy, request: Request, response: Response, claimed: string): Promise<LoginResult> {
    const result = await askStrategy(strategy, request, response);
    const who = result.kind === 'ok' ? result.user.email : claimed;
    const event = { at: this.#parts.now(), actor: who, target: who, address: request.ip ?? '' };
    switch (result.kind) {
      case 'wrong':
        await this.#failed.record({ ...event, action: 'login.failed' });
        return result;
      case 'throttled':
        await this.#failed.record({ ...event, action: 'login.throttled' });
        return result;
      case 'ok': {
        await this.#parts.audit.record({ ...event, action: 'login' });
        const { id, access } = await this.#begin(result.user, request);
        if (!(await result.stillHolds())) {
          await this.#parts.sessions.end(id);
          return { kind: 'wrong' };
        }
        setCookies(response, this.#parts.cookies, 'access', access);
        setCookies(response, this.#parts.cookies, 'device', result.deviceCookie, DEVICE_LIFETIME);
        return result;
      }
    }
  }

  /** Begins a session for a user whose earlier ones have ended, in the browser that asks. @throws StoreUnavailable */
  async again(user: User, request: Request, response: Response): Promise<void> {
    const { access } = await this.#begin(user, request);
    setCookies(response, this.#parts.cookies, 'access', access);
  }

  /** Answers the session's id and the secret of its access cookie. */
  async #begin(user: User, request: Request): Promise<{ readonly id: string; readonly access: string }> {
    const { accountCookie, credentialReader, sessions } = this.#parts;
    const before = await credentialReader.sessionOf(request.headers.cookie);
    if (before) await sessions.end(before.id);
    const access = newSecret();
    const account = await accountCookie.renew(request, user.id);
    const userAgent = request.get('User-Agent') ?? '';
    const { id } = await sessions.start({ user, access, account, address: request.ip ?? '', userAgent });
    return { id, access };
  }
}
