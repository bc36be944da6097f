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

/** The page in the frame: HTTP 200 whatever the answer, which goes to the page that holds the frame, if `origin` names one. */
export async function postToFrame(response: Response, message: object, origin?: string): Promise<void> {
  await sendPage(response, 200, 'token', { message: scriptJson(message), origin: scriptJson(origin ?? null) });
}
