import type { Request, RequestHandler, Response } from 'express';
import type { AuditTrail } from '../../observability/audit.ts';
import {
  ACCESS_COOKIE,
  accessCookiesIn,
  VISIT_COOKIE,
  ACCOUNT_COOKIE,
  accessCookieOptions,
  accountCookieOptions,
} from '../../sessions/cookies.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { Visits } from '../../sessions/visits.ts';
import type { Account } from '../account.ts';
import { pageHeaders, sendPage } from '../pages.ts';
import { liveSession, type LoginSettings } from './login.ts';

type Parts = {
  readonly account: Account;
  readonly sessions: Sessions;
  readonly visits: Visits;
  readonly audit: AuditTrail;
  readonly now: () => Date;
};

/**
 * The logout service, Authentication API 1.0, section 2.3: on a GET, without a question, because viewers look two seconds
 * later whether it is done. Another site can make a browser send it; all it does is end this browser's login.
 */
export function logoutSteps(
  { account, sessions, visits, audit, now }: Parts,
  settings: LoginSettings,
): RequestHandler[] {
  const { publicUrl, institution, secureCookies } = settings;
  const https = publicUrl.startsWith('https:');

  /** First, so that the browser has forgotten them also where the database cannot (503). */
  function forgetCookies(_request: Request, response: Response, next: () => void): void {
    response.clearCookie(ACCESS_COOKIE, withoutAge(accessCookieOptions(secureCookies, 0)));
    response.clearCookie(VISIT_COOKIE, withoutAge(accessCookieOptions(secureCookies, 0)));
    response.clearCookie(ACCOUNT_COOKIE, withoutAge(accountCookieOptions(https, 0)));
    next();
  }

  async function endSessions(request: Request, _response: Response, next: () => void): Promise<void> {
    const live = await liveSession(sessions, request);
    if (live) {
      const { email } = live.user;
      await audit.record({ at: now(), action: 'logout', actor: email, target: email, address: request.ip ?? '' });
      await sessions.end(live.id);
    }
    await account.end(request);
    const { visit } = accessCookiesIn(request.headers.cookie);
    const visited = visit === undefined ? undefined : await visits.ofCookie(visit);
    if (visited) await visits.end(visited.id);
    next();
  }

  async function sayGoodbye(_request: Request, response: Response): Promise<void> {
    await sendPage(response, 200, 'logged-out', { institution });
  }

  return [pageHeaders(), forgetCookies, ...account.read, endSessions, sayGoodbye];
}

function withoutAge<T extends { maxAge: number }>({ maxAge: _, ...options }: T): Omit<T, 'maxAge'> {
  return options;
}
