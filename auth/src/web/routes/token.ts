import type { Request, RequestHandler, Response } from 'express';
import {
  parseOrigin,
  scriptJson,
  statusOfTokenError,
  type TokenAnswer,
  type TokenError,
} from '../../iiif/auth1/tokenMessage.ts';
import type { Log } from '../../observability/log.ts';
import { accessCookieIn } from '../../sessions/cookies.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { Tokens } from '../../sessions/tokens.ts';
import { frameHeaders, sendPage } from '../pages.ts';

export type TokenSettings = { readonly publicUrl: string; readonly trustedOrigins: readonly string[] };
type Parts = { readonly sessions: Sessions; readonly tokens: Tokens; readonly log: Log };

const LONGEST_MESSAGE_ID = 2000;

const DESCRIPTIONS: Record<TokenError, string> = {
  invalidRequest: 'The request needs one messageId and one origin.',
  invalidOrigin: 'The origin is not the address of a web site.',
  missingCredentials: 'Nobody is logged in, or the browser did not send the cookie.',
  invalidCredentials: 'The login is over or was never valid. Log in again.',
  unavailable: 'The service cannot answer now. Try again in a moment.',
};

/** The access token service, Authentication API 1.0, section 2.2. */
export function tokenSteps({ sessions, tokens, log }: Parts, settings: TokenSettings): RequestHandler[] {
  const { publicUrl, trustedOrigins } = settings;
  const unguarded = [publicUrl, ...trustedOrigins];

  async function answerToken(request: Request, response: Response): Promise<void> {
    if ('messageId' in request.query) await answerFrame(request, response);
    else await answerClient(request, response);
  }

  /** A page in a hidden frame: HTTP 200 whatever the answer, which goes to the page that holds the frame. */
  async function answerFrame(request: Request, response: Response): Promise<void> {
    const { messageId, origin } = request.query;
    const target = typeof origin === 'string' ? parseOrigin(origin) : undefined;
    const named = typeof messageId === 'string' && messageId.length <= LONGEST_MESSAGE_ID;
    if (!target?.ok || !named) {
      // There is nobody to post this to, so it is only shown.
      await page(
        response,
        refusal(typeof origin === 'string' && named ? 'invalidOrigin' : 'invalidRequest'),
        undefined,
      );
      return;
    }
    const answer = await tokenFor(request, target.value, unguarded.includes(target.value));
    await page(response, { ...answer, messageId }, target.value);
  }

  /** A client that is no page of the web, or reads this as one cannot: its token opens images too. */
  async function answerClient(request: Request, response: Response): Promise<void> {
    const answer = await tokenFor(request, '', true);
    response.status('error' in answer ? statusOfTokenError(answer.error) : 200).json(answer);
  }

  async function tokenFor(request: Request, origin: string, opensImages: boolean): Promise<TokenAnswer> {
    const cookie = accessCookieIn(request.headers.cookie);
    if (cookie === undefined) return refusal('missingCredentials');
    try {
      const live = await sessions.ofAccessCookie(cookie);
      if (!live) return refusal('invalidCredentials');
      return { accessToken: tokens.issue({ sessionId: live.id, origin, opensImages }), expiresIn: tokens.lifetime };
    } catch (error) {
      log.error({ err: error }, 'a token could not be given');
      return refusal('unavailable');
    }
  }

  async function page(response: Response, message: object, origin: string | undefined): Promise<void> {
    const description = 'description' in message ? message.description : '';
    await sendPage(response, 200, 'token', {
      message: scriptJson(message),
      origin: scriptJson(origin ?? null),
      description,
    });
  }

  return [frameHeaders(publicUrl.startsWith('https:')), answerToken];
}

function refusal(error: TokenError): TokenAnswer {
  return { error, description: DESCRIPTIONS[error] };
}
