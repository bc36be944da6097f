import type { ErrorRequestHandler } from 'express';

/** Answers what a client did wrong (a form too large, an address cut in two); anything else is the application's. */
export function refusals(): ErrorRequestHandler {
  return function refusals(error: unknown, _request, response, next) {
    const status = statusOf(error);
    if (response.headersSent || status < 400 || status > 499) next(error);
    else response.status(status).json({ error: 'bad_request', message: 'This request cannot be read.' });
  };
}

/** Express and its body parser say `status`. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 500;
  return typeof error.status === 'number' ? error.status : 500;
}
