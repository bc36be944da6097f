import type { Pattern } from '../../access/rules.ts';
import { CLICKTHROUGH_PATH, EXTERNAL, KIOSK_PATH, LOGIN_PATH, LOGOUT_PATH, TOKEN_PATH } from '../addresses.ts';
import { AUTH_1_CONTEXT, AUTH_1_LOGOUT, AUTH_1_PROFILE, AUTH_1_TOKEN } from '../vocabulary.ts';
import { accessTexts, suffixOf, type Way } from '../accessTexts.ts';
import { plain } from '../languages.ts';
import type { Texts } from '../texts.ts';

/** What a client opens; nothing for `external`, where it goes to the token service at once. */
const PATHS: Record<Pattern, string | undefined> = {
  login: LOGIN_PATH,
  clickthrough: CLICKTHROUGH_PATH,
  kiosk: KIOSK_PATH,
  external: undefined,
};

/**
 * The access cookie service of a pattern with its token and logout services: Authentication API 1.0, sections 2.1.1,
 * 2.2.1 and 2.3.1. No address has a query: viewers append `?origin=` and `?messageId=` as text.
 */
export function cookieService(publicUrl: string, texts: Texts, way: Way) {
  const path = PATHS[way.pattern];
  const said = accessTexts(publicUrl, texts, way);
  return {
    '@context': AUTH_1_CONTEXT,
    ...(path !== undefined && { '@id': publicUrl + path + suffixOf(way.notice) }),
    profile: AUTH_1_PROFILE + way.pattern,
    label: plain(said.label),
    header: plain(said.heading),
    description: plain(said.note),
    confirmLabel: plain(said.confirm),
    failureHeader: plain(said.failureHeading),
    failureDescription: plain(said.failureNote),
    service: [
      { '@id': publicUrl + TOKEN_PATH, profile: AUTH_1_TOKEN },
      { '@id': publicUrl + LOGOUT_PATH, profile: AUTH_1_LOGOUT, label: plain(texts.logoutLabel) },
    ],
  };
}

/**
 * The same as a document names it more than once, by its address: `external` needs none, and where it has one, clients
 * ignore it (section 2.1.1). Here it is that of the token service with {@link EXTERNAL}.
 */
export function namedCookieService(publicUrl: string, texts: Texts, way: Way) {
  const { '@context': context, ...rest } = cookieService(publicUrl, texts, way);
  return { '@context': context, '@id': publicUrl + TOKEN_PATH + EXTERNAL + suffixOf(way.notice), ...rest };
}
