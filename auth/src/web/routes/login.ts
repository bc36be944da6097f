import express, { type Request, type RequestHandler, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { networkOf } from '../../identity/network.ts';
import type { LiveSession } from '../../sessions/session.ts';
import { ACCESS_COOKIE, accessCookiesIn, accessCookieOptions } from '../../sessions/cookies.ts';
import { newSecret } from '../../sessions/secrets.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { AuditTrail } from '../../observability/audit.ts';
import type { Account } from '../account.ts';
import { sendPage, pageHeaders } from '../pages.ts';
import { onlyFromHere } from '../sameSite.ts';

export type LoginSettings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly secureCookies: boolean;
  /** Seconds. */
  readonly sessionLifetime: number;
};

type Parts = {
  readonly account: Account;
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly now: () => Date;
};

const FORM_LIMIT = '16kb';
/** Milliseconds. Somebody who is told to wait and goes on is recorded this often: every record is a write to the disk. */
const RECORDED_AGAIN_AFTER = 60_000;
const GENERIC = 'E-mail address or password is not right.';

/** `headers` and `showForm` are the first and the last step of `show`. */
export type LoginSteps = {
  readonly headers: RequestHandler;
  readonly showForm: RequestHandler;
  readonly show: RequestHandler[];
  readonly submit: RequestHandler[];
};

/** The access cookie service, Authentication API 1.0, section 2.1.3: opened in a tab of its own, it closes it again. */
export function loginSteps(parts: Parts, settings: LoginSettings): LoginSteps {
  const { account, sessions, audit, now } = parts;
  const { publicUrl, institution, secureCookies, sessionLifetime } = settings;
  const headers = pageHeaders();
  const recorded = new LRUCache<string, true>({ max: 10_000, ttl: RECORDED_AGAIN_AFTER });

  async function closeIfLoggedIn(request: Request, response: Response, next: express.NextFunction): Promise<void> {
    const live = await liveSession(sessions, request);
    // For the panel it is the account cookie that counts, and it was the panel that found it missing.
    if (!live || nextPath(request.query['next'])) next();
    else await sendPage(response, 200, 'logged-in', { institution, email: live.user.email });
  }

  async function showForm(request: Request, response: Response): Promise<void> {
    await form(response, 200, { next: nextPath(request.query['next']) });
  }

  async function tryLogin(request: Request, response: Response): Promise<void> {
    const { email, password, next } = (request.body ?? {}) as Record<string, unknown>;
    const back = { next: nextPath(next), email: typeof email === 'string' ? email.slice(0, 254) : '' };
    // Empty ones too: passport-local would look for them in the address, which is written to logs and histories.
    if (typeof email !== 'string' || typeof password !== 'string' || email === '' || password === '') {
      await form(response, 400, { ...back, problem: GENERIC });
      return;
    }
    const address = request.ip ?? '';
    const result = await account.attempt(request);
    const event = { at: now(), actor: back.email, target: back.email, address };
    switch (result.kind) {
      case 'wrong':
        await audit.record({ ...event, action: 'login.failed' });
        await form(response, 401, { ...back, problem: GENERIC });
        return;
      case 'throttled':
        if (!recorded.has(networkOf(address))) {
          recorded.set(networkOf(address), true);
          await audit.record({ ...event, action: 'login.throttled' });
        }
        response.set('Retry-After', String(result.retryAfter));
        await form(response, 429, {
          ...back,
          problem: `Too many attempts. Try again in ${inWords(result.retryAfter)}.`,
        });
        return;
      case 'ok': {
        await audit.record({ ...event, actor: result.user.email, target: result.user.email, action: 'login' });
        const before = await liveSession(sessions, request);
        if (before) await sessions.end(before.id);
        const access = newSecret();
        const accountId = await account.begin(request, result.user);
        const userAgent = request.get('User-Agent') ?? '';
        const { id } = await sessions.start({ user: result.user, access, account: accountId, address, userAgent });
        if (!(await result.stillHolds())) {
          await sessions.end(id);
          await form(response, 401, { ...back, problem: GENERIC });
          return;
        }
        response.cookie(ACCESS_COOKIE, access, accessCookieOptions(secureCookies, sessionLifetime));
        if (back.next) response.redirect(303, back.next);
        else await sendPage(response, 200, 'logged-in', { institution, email: result.user.email });
      }
    }
  }

  async function form(
    response: Response,
    status: number,
    data: { next: string; email?: string; problem?: string },
  ): Promise<void> {
    await sendPage(response, status, 'login', { institution, email: '', problem: '', ...data });
  }

  return {
    headers,
    showForm,
    show: [headers, closeIfLoggedIn, showForm],
    submit: [
      headers,
      onlyFromHere(publicUrl),
      express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 20 }),
      ...account.read,
      tryLogin,
    ],
  };
}

export async function liveSession(sessions: Sessions, request: Request): Promise<LiveSession | undefined> {
  const { access } = accessCookiesIn(request.headers.cookie);
  return access === undefined ? undefined : sessions.ofAccessCookie(access);
}

/** Where to go after the login: a path of this server, or nothing. */
function nextPath(value: unknown): string {
  return typeof value === 'string' && /^\/(auth\/admin\/[\w/-]*)?$/.test(value) ? value : '';
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
