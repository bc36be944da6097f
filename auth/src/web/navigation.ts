import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * In front of what changes something by GET, because the specifications of IIIF want a GET: only a tab that somebody
 * sees gets through. An `<img>`, a frame or a script of any page, and a browser that loads ahead of the reader, say what
 * they are (Fetch Metadata) and change nothing. Who says nothing is no browser, or an old one, or is on plain http.
 */
export const onlyInTab: RequestHandler = function refuseParts(
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  const mode = request.get('Sec-Fetch-Mode') ?? 'navigate';
  const destination = request.get('Sec-Fetch-Dest') ?? 'document';
  const ahead = /\bprefetch\b/.test(request.get('Sec-Purpose') ?? '');
  if (mode === 'navigate' && destination === 'document' && !ahead) {
    next();
    return;
  }
  response
    .status(403)
    .set('Cache-Control', 'no-store')
    .json({ error: 'not_a_tab', message: 'Open this address in a tab or window of its own.' });
};
