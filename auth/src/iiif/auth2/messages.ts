import { languageMap } from '../languages.ts';
import { AUTH_2_CONTEXT } from '../names.ts';
import type { Texts } from '../texts.ts';

/** Why no token is given, Authorization Flow API 2.0, section 4.5. */
export type TokenErrorProfile =
  'invalidRequest' | 'invalidOrigin' | 'missingAspect' | 'invalidAspect' | 'expiredAspect' | 'unavailable';

/** What the token service posts on success, section 4.4; `expiresIn` in seconds. */
export function accessToken(accessToken: string, expiresIn: number, messageId: string) {
  return { '@context': AUTH_2_CONTEXT, type: 'AuthAccessToken2', messageId, accessToken, expiresIn };
}

/** What the token service posts otherwise, section 4.5. */
export function accessTokenError(profile: TokenErrorProfile, messageId: string, texts: Texts) {
  return {
    '@context': AUTH_2_CONTEXT,
    type: 'AuthAccessTokenError2',
    profile,
    messageId,
    heading: languageMap(texts[profile]),
    note: languageMap(texts[`${profile}Note`]),
  };
}

/** HTTP statuses that a request for the image itself would get. */
export type ProbeStatus = 200 | 400 | 401 | 403 | 404 | 500 | 503;

/** What the probe service answers, section 5.2; always with HTTP 200. */
export function probeResult(status: ProbeStatus, texts: Texts) {
  const words = wordsFor(status, texts);
  return { '@context': AUTH_2_CONTEXT, type: 'AuthProbeResult2', status, ...words };
}

function wordsFor(status: ProbeStatus, texts: Texts) {
  switch (status) {
    case 200:
      return {};
    case 401:
      return { heading: languageMap(texts.loginNeeded), note: languageMap(texts.loginNeededNote) };
    case 403:
      return { heading: languageMap(texts.forbidden), note: languageMap(texts.forbiddenNote) };
    case 400:
    case 404:
      return { heading: languageMap(texts.notFound), note: languageMap(texts.notFoundNote) };
    case 500:
    case 503:
      return { heading: languageMap(texts.unavailable), note: languageMap(texts.unavailableNote) };
  }
}
