import { LOGIN_PATH, LOGOUT_PATH, TOKEN_PATH } from '../addresses.ts';
import { AUTH_1_CONTEXT, AUTH_1_LOGIN, AUTH_1_LOGOUT, AUTH_1_TOKEN } from '../names.ts';
import { loginTexts } from '../texts.ts';

/**
 * The access cookie service of the login pattern with its token and logout services: Authentication API 1.0, sections
 * 2.1.1, 2.2.1 and 2.3.1. No address has a query: viewers append `?origin=` and `?messageId=` as text.
 */
export function loginService(publicUrl: string, institution: string) {
  const { logoutLabel, ...texts } = loginTexts(institution);
  return {
    '@context': AUTH_1_CONTEXT,
    '@id': publicUrl + LOGIN_PATH,
    profile: AUTH_1_LOGIN,
    ...texts,
    service: [
      { '@id': publicUrl + TOKEN_PATH, profile: AUTH_1_TOKEN },
      { '@id': publicUrl + LOGOUT_PATH, profile: AUTH_1_LOGOUT, label: logoutLabel },
    ],
  };
}

export type LoginService = ReturnType<typeof loginService>;
