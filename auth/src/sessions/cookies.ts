import { parse } from 'cookie';

/** Opens images and descriptions; goes along with tiles that a viewer of another site shows. */
export const ACCESS_COOKIE = 'vitrine_access';
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

/** The value of the access cookie in a `Cookie` header; the first where a name stands twice. */
export function accessCookieIn(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parse(header)[ACCESS_COOKIE];
}
