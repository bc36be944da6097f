import type { Request, RequestHandler, Response } from 'express';
import { accessToken, accessTokenError, type TokenErrorProfile } from '../../../iiif/auth2/messages.ts';
import type { Texts } from '../../../iiif/texts.ts';
import type { IssuedToken } from '../../../sessions/tokens.ts';
import { asksAgain, postToFrame, readFramed } from '../../frame.ts';
import { frameHeaders } from '../../pages.ts';
import type { TokenParts } from '../auth1/token.ts';

/** The access token service, Authorization Flow API 2.0, section 4: always a page, always HTTP 200. */
export function token2Steps({ tokenGrounds, tokens, log }: TokenParts, texts: Texts): RequestHandler[] {
  async function answerToken(request: Request, response: Response): Promise<void> {
    const framed = readFramed(request);
    if (framed.kind !== 'framed') {
      await postToFrame(request, response, accessTokenError(framed.kind, framed.messageId, texts));
      return;
    }
    const { messageId, origin } = framed;
    const given = await tokenOrError(request, origin);
    const message =
      'token' in given
        ? accessToken(given.token, given.expiresIn, messageId)
        : accessTokenError(given.error, messageId, texts);
    const retry = 'error' in given && given.error === 'missingAspect';
    await postToFrame(request, response, message, { origin, retry });
  }

  async function tokenOrError(request: Request, origin: string): Promise<IssuedToken | { error: TokenErrorProfile }> {
    try {
      const proof = await tokenGrounds.of(request.headers.cookie, request.ip ?? '', origin);
      if (proof.kind !== 'proved') return { error: `${proof.kind}Aspect` };
      const { sessionId, visitId, endsAt } = proof;
      const cookieless = asksAgain(request);
      return tokens.issue({ kind: 'iiif-auth-2', sessionId, visitId, origin, cookieless, opensImages: false }, endsAt);
    } catch (error) {
      log.error({ err: error }, 'a token could not be given');
      return { error: 'unavailable' };
    }
  }

  return [frameHeaders(), answerToken];
}
