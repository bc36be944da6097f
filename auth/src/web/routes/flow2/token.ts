import type { Request, RequestHandler, Response } from 'express';
import { accessToken, accessTokenError, type TokenErrorProfile } from '../../../iiif/auth2/messages.ts';
import type { Texts } from '../../../iiif/texts.ts';
import { asksAgain, postToFrame, readFramed } from '../../frame.ts';
import { frameHeaders } from '../../pages.ts';
import type { TokenParts } from '../token.ts';

/** The access token service, Authorization Flow API 2.0, section 4: always a page, always HTTP 200. */
export function token2Steps({ proofs, tokens, log }: TokenParts, texts: Texts): RequestHandler[] {
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
        ? accessToken(given.token, tokens.lifetime, messageId)
        : accessTokenError(given.error, messageId, texts);
    const retry = 'error' in given && given.error === 'missingAspect';
    await postToFrame(request, response, message, { origin, retry });
  }

  async function tokenOrError(
    request: Request,
    origin: string,
  ): Promise<{ token: string } | { error: TokenErrorProfile }> {
    try {
      const proof = await proofs.of(request.headers.cookie, request.ip ?? '');
      if (proof.kind !== 'proved') return { error: `${proof.kind}Aspect` };
      const { sessionId, visitId } = proof;
      return {
        token: tokens.issue({
          kind: 'iiif-auth-2',
          sessionId,
          visitId,
          origin,
          cookieless: asksAgain(request),
          opensImages: false,
        }),
      };
    } catch (error) {
      log.error({ err: error }, 'a token could not be given');
      return { error: 'unavailable' };
    }
  }

  return [frameHeaders(), answerToken];
}
