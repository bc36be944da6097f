import type { Notice } from '../../access/notice.ts';
import type { Pattern } from '../../access/rules.ts';
import { accessTexts, forbiddenNote } from '../accessTexts.ts';
import { languageMap } from '../languages.ts';
import { AUTH_2_CONTEXT } from '../vocabulary.ts';
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
export type ProbeStatus = 200 | 302 | 400 | 401 | 403 | 404 | 500 | 503;

export type ProbeInput = {
  readonly status: ProbeStatus;
  /** The way to it, for 401. */
  readonly pattern?: Pattern | undefined;
  /** What the rule has to say of it, for 401 and 403. */
  readonly notice?: Notice | undefined;
  /** Public address of the smaller image service that everybody may see. */
  readonly substitute?: string | undefined;
  /** Public address of the image service to use instead, for 302. */
  readonly location?: string | undefined;
};

/** What the probe service answers, section 5.2; always with HTTP 200. */
export function probeResult(publicUrl: string, { status, substitute, location, ...why }: ProbeInput, texts: Texts) {
  return {
    '@context': AUTH_2_CONTEXT,
    type: 'AuthProbeResult2',
    status,
    ...wordsFor(publicUrl, status, why, texts),
    ...(location !== undefined && { location: { id: location, type: 'ImageService3' } }),
    ...(substitute !== undefined && { substitute: [{ id: substitute, type: 'ImageService3' }] }),
  };
}

function wordsFor(
  publicUrl: string,
  status: ProbeStatus,
  { pattern = 'login', notice }: Pick<ProbeInput, 'pattern' | 'notice'>,
  texts: Texts,
) {
  switch (status) {
    case 200:
    case 302:
      return {};
    case 401: {
      const { needed, neededNote } = accessTexts(publicUrl, texts, { pattern, notice });
      return { heading: languageMap(needed), note: languageMap(neededNote) };
    }
    case 403:
      return { heading: languageMap(texts.forbidden), note: languageMap(forbiddenNote(publicUrl, texts, notice)) };
    case 400:
    case 404:
      return { heading: languageMap(texts.notFound), note: languageMap(texts.notFoundNote) };
    case 500:
    case 503:
      return { heading: languageMap(texts.unavailable), note: languageMap(texts.unavailableNote) };
  }
}
