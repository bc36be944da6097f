import type { Response } from 'express';
import type { CookieKind, Cookies } from '../sessions/cookies.ts';

/** Gives the browser a secret for so many seconds, in every form that one kind of cookie has here. */
export function setCookies(
  response: Response,
  cookies: Cookies,
  kind: Exclude<CookieKind, 'account'>,
  secret: string,
  seconds: number = cookies.lifetime,
): void {
  for (const { name, options } of cookies.forms(kind)) {
    response.cookie(name, secret, { ...options, maxAge: seconds * 1000 });
  }
}

/** Has the browser forget all forms of these kinds. */
export function clearCookies(response: Response, cookies: Cookies, ...kinds: CookieKind[]): void {
  for (const { name, options } of kinds.flatMap((kind) => cookies.forms(kind))) response.clearCookie(name, options);
}
