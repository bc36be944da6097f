import type { Request, Response } from 'express';
import { parseOrigin, scriptJson } from '../iiif/auth1/tokenMessage.ts';
import { sendPage } from './pages.ts';

const LONGEST_MESSAGE_ID = 2000;

/** What a viewer that holds a token service in a frame said: who it is, and how it will know the answer. */
export type Framed =
  | { readonly kind: 'framed'; readonly messageId: string; readonly origin: string }
  /** There is nobody to post an answer to, so it is only shown. */
  | { readonly kind: 'invalidRequest' | 'invalidOrigin'; readonly messageId: string };

export function readFramed(request: Request): Framed {
  const { messageId, origin } = request.query;
  const named = typeof messageId === 'string' && messageId.length <= LONGEST_MESSAGE_ID;
  if (!named || typeof origin !== 'string') return { kind: 'invalidRequest', messageId: named ? messageId : '' };
  const target = parseOrigin(origin);
  return target.ok ? { kind: 'framed', messageId, origin: target.value } : { kind: 'invalidOrigin', messageId };
}

/**
 * Whether the page in the frame asks again, after the browser gave it its cookies back (Storage Access API): the browser
 * blocks cookies of other sites then, and will send none with the images either.
 */
export function asksAgain(request: Request): boolean {
  return request.get('Sec-Fetch-Dest') === 'empty' && request.get('Sec-Fetch-Site') === 'same-origin';
}

/**
 * The page in the frame: HTTP 200 whatever the answer, which goes to the page that holds the frame, if `origin` names one.
 * With `retry` the page first tries to get its cookies back and asks again.
 */
export async function postToFrame(
  request: Request,
  response: Response,
  message: object,
  { origin, retry = false }: { readonly origin?: string; readonly retry?: boolean } = {},
): Promise<void> {
  if (asksAgain(request)) {
    response.status(200).json(message);
    return;
  }
  await sendPage(response, 200, 'token', { message: scriptJson(message), origin: scriptJson(origin ?? null), retry });
}
