import type { ErrorRequestHandler, RequestHandler } from 'express';
import { StoreUnavailable } from '../shared/errors.ts';
import { ImagesGone, ImagesUnavailable } from '../images/catalogue/disk.ts';
import type { Log } from '../shared/log.ts';

export const notFound: RequestHandler = (_request, response) => {
  response.status(404).json({ error: 'not_found', message: 'There is nothing at this address.' });
};

export const methodNotAllowed: RequestHandler = (_request, response) => {
  response
    .status(405)
    .set('Allow', 'GET, HEAD, OPTIONS')
    .json({ error: 'method_not_allowed', message: 'GET, HEAD or OPTIONS.' });
};

/** The one place where an exception becomes a response: what the client did wrong, what does not answer, or our fault. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500 && !(error instanceof ImagesGone))
      log.error({ err: error, method: request.method, path: withoutSignature(request.path) }, 'a request failed');
    response.status(status).set('Cache-Control', 'no-store').json(bodies[status]);
  };
}

const bodies = {
  400: { error: 'invalid_request', message: 'The request cannot be read.' },
  413: { error: 'too_large', message: 'The request is too large.' },
  500: { error: 'internal', message: 'Something went wrong on this server; the log says what.' },
  503: { error: 'unavailable', message: 'The service cannot answer now. Try again in a moment.' },
} as const;

function statusOf(error: unknown): keyof typeof bodies {
  if (error instanceof StoreUnavailable || error instanceof ImagesUnavailable) return 503;
  const status = (error as { status?: unknown } | undefined)?.status;
  if (status === 413) return 413;
  return typeof status === 'number' && status >= 400 && status < 500 ? 400 : 500;
}

/** A signature opens an image for minutes, so it is in no log. */
function withoutSignature(path: string): string {
  return path.replace(/\/(!|%21)[^/]*/, '/!');
}
