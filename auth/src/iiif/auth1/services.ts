import { LOGIN_PATH, LOGOUT_PATH, TOKEN_PATH } from '../addresses.ts';
import { AUTH_1_CONTEXT, AUTH_1_LOGIN, AUTH_1_LOGOUT, AUTH_1_TOKEN } from '../names.ts';
import { plain, type Texts } from '../texts.ts';

/**
 * The access cookie service of the login pattern with its token and logout services: Authentication API 1.0, sections
 * 2.1.1, 2.2.1 and 2.3.1. No address has a query: viewers append `?origin=` and `?messageId=` as text.
 */
export function loginService(publicUrl: string, texts: Texts) {
  return {
    '@context': AUTH_1_CONTEXT,
    '@id': publicUrl + LOGIN_PATH,
    profile: AUTH_1_LOGIN,
    label: plain(texts.label),
    header: plain(texts.header),
    description: plain(texts.description),
    confirmLabel: plain(texts.confirmLabel),
    failureHeader: plain(texts.failureHeader),
    failureDescription: plain(texts.failureDescription),
    service: [
      { '@id': publicUrl + TOKEN_PATH, profile: AUTH_1_TOKEN },
      { '@id': publicUrl + LOGOUT_PATH, profile: AUTH_1_LOGOUT, label: plain(texts.logoutLabel) },
    ],
  };
}

export type LoginService = ReturnType<typeof loginService>;
