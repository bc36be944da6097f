import type { Request, RequestHandler, Response } from 'express';
import { accessToken, accessTokenError, type TokenErrorProfile } from '../../../iiif/auth2/messages.ts';
import type { Texts } from '../../../iiif/texts.ts';
import { accessCookieIn } from '../../../sessions/cookies.ts';
import { postToFrame, readFramed } from '../../frame.ts';
import { frameHeaders } from '../../pages.ts';
import type { TokenParts } from '../token.ts';

/** The access token service, Authorization Flow API 2.0, section 4: always a page, always HTTP 200. */
export function token2Steps({ sessions, tokens, log }: TokenParts, publicUrl: string, texts: Texts): RequestHandler[] {
  async function answerToken(request: Request, response: Response): Promise<void> {
    const framed = readFramed(request);
    if (framed.kind !== 'framed') {
      await postToFrame(response, accessTokenError(framed.kind, framed.messageId, texts));
      return;
    }
    const { messageId, origin } = framed;
    const given = await tokenOrError(request, origin);
    const message =
      'token' in given
        ? accessToken(given.token, tokens.lifetime, messageId)
        : accessTokenError(given.error, messageId, texts);
    await postToFrame(response, message, origin);
  }

  async function tokenOrError(
    request: Request,
    origin: string,
  ): Promise<{ token: string } | { error: TokenErrorProfile }> {
    const cookie = accessCookieIn(request.headers.cookie);
    if (cookie === undefined) return { error: 'missingAspect' };
    try {
      const live = await sessions.ofAccessCookie(cookie);
      if (!live) return { error: (await sessions.hasExpired(cookie)) ? 'expiredAspect' : 'invalidAspect' };
      return { token: tokens.issue({ kind: 'iiif-auth-2', sessionId: live.id, origin, opensImages: false }) };
    } catch (error) {
      log.error({ err: error }, 'a token could not be given');
      return { error: 'unavailable' };
    }
  }

  return [frameHeaders(publicUrl.startsWith('https:')), answerToken];
}
