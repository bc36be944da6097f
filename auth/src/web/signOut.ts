import type { Request, RequestHandler, Response } from 'express';
import type { AuditTrail } from '../observability/audit.ts';
import type { Cookies } from '../sessions/cookies.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Visits } from '../sessions/visits.ts';
import type { Clock } from '../shared/clock.ts';
import { StoreUnavailable } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { AccountCookie } from './accountCookie.ts';
import { clearCookies } from './setCookies.ts';

export type SignOutParts = {
  readonly accountCookie: AccountCookie;
  readonly sessions: Sessions;
  readonly visits: Visits;
  readonly cookies: Cookies;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly now: Clock;
};

/** Ends every session and visit of the browser that asks. */
export function signOutSteps(parts: SignOutParts): readonly RequestHandler[] {
  const { accountCookie, sessions, visits, cookies, audit, log, now } = parts;

  /** First, so that the browser has forgotten them also where the database cannot (503). */
  function forgetCookies(_request: Request, response: Response, next: () => void): void {
    clearCookies(response, cookies, 'access', 'visit', 'account');
    next();
  }

  async function endSessions(request: Request, _response: Response, next: () => void): Promise<void> {
    const address = request.ip ?? '';
    const { access, visit } = cookies.in(request.headers.cookie);
    for (const secret of access.secrets) {
      const live = await sessions.ofAccessCookie(secret);
      if (!live) continue;
      const { email } = live.user;
      await evenUnwritten(() => sessions.end(live.id));
      const event = { at: now(), actor: email, target: email, address };
      await evenUnwritten(() => audit.record({ ...event, action: 'logout' }));
    }
    await accountCookie.end(request);
    for (const secret of visit.secrets) {
      const live = await visits.ofCookie(secret);
      if (live) await evenUnwritten(() => visits.end(live, address));
    }
    next();
  }

  /** The one change that is made even where it cannot be recorded: whoever logs out has to be able to rely on it. */
  async function evenUnwritten(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.error({ err: error }, 'a logout could not be written: it holds while this service runs');
    }
  }

  return [forgetCookies, ...accountCookie.read, endSessions];
}
