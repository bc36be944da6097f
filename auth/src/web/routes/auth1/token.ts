import type { Request, RequestHandler, Response } from 'express';
import type { TokenGrounds } from '../../../gate/tokenGrounds.ts';
import { statusOfTokenError, type TokenAnswer, type TokenError } from '../../../iiif/auth1/tokenMessage.ts';
import type { Log } from '../../../shared/log.ts';
import type { Tokens } from '../../../sessions/tokens.ts';
import { asksAgain, postToFrame, readFramed } from '../../frame.ts';
import { frameHeaders } from '../../pages.ts';

export type TokenSettings = { readonly publicUrl: string; readonly trustedOrigins: readonly string[] };
export type TokenParts = { readonly tokenGrounds: TokenGrounds; readonly tokens: Tokens; readonly log: Log };

const DESCRIPTIONS: Record<TokenError, string> = {
  invalidRequest: 'The request needs one messageId and one origin.',
  invalidOrigin: 'The origin is not the address of a web site.',
  missingCredentials: 'Nobody is logged in, or the browser did not send the cookie.',
  invalidCredentials: 'The login is over or was never valid. Log in again.',
  unavailable: 'The service cannot answer now. Try again in a moment.',
};

/** The access token service, Authentication API 1.0, section 2.2. */
export function tokenSteps({ tokenGrounds, tokens, log }: TokenParts, settings: TokenSettings): RequestHandler[] {
  const { publicUrl, trustedOrigins } = settings;
  const unguarded = [publicUrl, ...trustedOrigins];

  async function answerToken(request: Request, response: Response): Promise<void> {
    if (!('messageId' in request.query)) {
      await answerClient(request, response);
      return;
    }
    const framed = readFramed(request);
    if (framed.kind !== 'framed') {
      await postToFrame(request, response, { ...refusal(framed.kind), messageId: framed.messageId });
      return;
    }
    const { messageId, origin } = framed;
    const answer = await tokenFor(request, origin, unguarded.includes(origin));
    const retry = 'error' in answer && answer.error === 'missingCredentials';
    await postToFrame(request, response, { ...answer, messageId }, { origin, retry });
  }

  /** A client that is no page of the web, or reads this as one cannot: its token opens images too. */
  async function answerClient(request: Request, response: Response): Promise<void> {
    const answer = await tokenFor(request, undefined, true);
    response.status('error' in answer ? statusOfTokenError(answer.error) : 200).json(answer);
  }

  async function tokenFor(request: Request, origin: string | undefined, opensImages: boolean): Promise<TokenAnswer> {
    try {
      const proof = await tokenGrounds.of(request.headers.cookie, request.ip ?? '', origin);
      if (proof.kind === 'missing') return refusal('missingCredentials');
      if (proof.kind !== 'proved') return refusal('invalidCredentials');
      const { sessionId, visitId, endsAt } = proof;
      const claims = {
        kind: 'iiif-auth-1',
        sessionId,
        visitId,
        origin: origin ?? '',
        cookieless: asksAgain(request),
        opensImages,
      } as const;
      const { token, expiresIn } = tokens.issue(claims, endsAt);
      return { accessToken: token, expiresIn };
    } catch (error) {
      log.error({ err: error }, 'a token could not be given');
      return refusal('unavailable');
    }
  }

  return [frameHeaders(), answerToken];
}

function refusal(error: TokenError): TokenAnswer {
  return { error, description: DESCRIPTIONS[error] };
}
