import { parse } from 'cookie';

/** Opens images and descriptions; goes along with tiles that a viewer of another site shows. */
export const ACCESS_COOKIE = 'vitrine_access';
/** The same for who has no login but agreed, or stands in a kiosk. */
export const VISIT_COOKIE = 'vitrine_visit';
/** Opens the account pages and the admin panel; no other site can make a browser send it. */
export const ACCOUNT_COOKIE = 'vitrine_account';

export type CookieOptions = {
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'none' | 'lax' | 'strict';
  readonly path: string;
  /** Milliseconds. */
  readonly maxAge: number;
};

/**
 * `SameSite=None` needs `Secure`, and `Secure` needs https or this machine; elsewhere viewers of other sites cannot
 * work, and those of this site can. Never `Partitioned`: the login tab is another partition than the viewer's page.
 */
export function accessCookieOptions(secure: boolean, lifetime: number): CookieOptions {
  return { httpOnly: true, secure, sameSite: secure ? 'none' : 'lax', path: '/', maxAge: lifetime * 1000 };
}

export function accountCookieOptions(https: boolean, lifetime: number): CookieOptions {
  return { httpOnly: true, secure: https, sameSite: 'strict', path: '/auth', maxAge: lifetime * 1000 };
}

/** The cookies in a `Cookie` header that open images; the first where a name stands twice. */
export function accessCookiesIn(header: string | undefined): { access: string | undefined; visit: string | undefined } {
  const cookies = header === undefined ? {} : parse(header);
  return { access: cookies[ACCESS_COOKIE], visit: cookies[VISIT_COOKIE] };
}
