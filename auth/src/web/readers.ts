import type { Request, Response } from 'express';

/** Whose pages may read and show an answer: CORS, and the Cross-Origin-Resource-Policy of Fetch, section 3.6. */
export type Readers = { readonly origin: string | undefined; readonly policy: 'cross-origin' | 'same-site' };

/** Any page of the web: it gets no more than anybody would. */
export const EVERYBODY: Readers = { origin: '*', policy: 'cross-origin' };

/**
 * For what was granted by place alone, to a page of ours or to no page (the gate grants it to no other). Scripts of the
 * page that asked, and nobody else's; and the page that shows it as a picture, which names itself in `Referer` alone.
 */
export function readersAtPlace(
  { origin, referer }: { readonly origin: string | undefined; readonly referer: string | undefined },
  isOurs: (origin: string) => boolean,
): Readers {
  const page = referer === undefined ? undefined : URL.parse(referer)?.origin;
  const shown = origin ?? page;
  return { origin, policy: shown !== undefined && isOurs(shown) ? 'cross-origin' : 'same-site' };
}

/** The same for a document, which is never shown as a picture. */
export function onlyAtPlace(request: Request, response: Response): void {
  const origin = request.get('Origin');
  if (origin === undefined) response.removeHeader('Access-Control-Allow-Origin');
  else response.set('Access-Control-Allow-Origin', origin);
  response.set('Cross-Origin-Resource-Policy', 'same-site');
}
