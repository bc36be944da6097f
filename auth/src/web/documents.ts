import type { Request, RequestHandler, Response } from 'express';
import type { Credentials } from '../gate/visitor.ts';
import { IMAGE_3_CONTEXT, PRESENTATION_3_CONTEXT } from '../iiif/names.ts';

const JSON_TYPE = 'application/json';
const LD_JSON = 'application/ld+json';

export function credentialsOf(request: Request): Credentials {
  const destination = request.headers['sec-fetch-dest'];
  return {
    cookie: request.headers.cookie,
    authorization: request.headers.authorization,
    address: request.ip ?? '',
    destination: typeof destination === 'string' ? destination : undefined,
  };
}

/** Any page of the web may read the documents, without cookies (Image API 2.1, section 5.1); errors too, or no viewer sees them. */
export const openToAllOrigins: RequestHandler = (_request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  // What a document says depends on who asks, and may change with the next login: nobody keeps it.
  response.set({ 'Cache-Control': 'no-store', Vary: 'Authorization, Cookie, Accept, Sec-Fetch-Dest' });
  next();
};

/** `Authorization` makes browsers ask first; it must be named, `*` does not cover it. Never redirected, never 401. */
export const answerPreflight: RequestHandler = (_request, response) => {
  response
    .status(204)
    .set({
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': 'Authorization, Accept, Content-Type',
      'Access-Control-Max-Age': '86400',
    })
    .end();
};

/** Whose specifications want JSON-LD where nothing is asked for. */
const JSON_LD_FIRST = [IMAGE_3_CONTEXT, PRESENTATION_3_CONTEXT];

/** `context`: address of its JSON-LD context; `undefined` for what was made by hand. */
export type Document = { readonly status: 200 | 401; readonly body: string; readonly context: string | undefined };

/**
 * JSON-LD to those who ask for it, with its context as `profile`, or who ask for nothing (version 3 only); else JSON,
 * which every browser shows, with a link to the context (Image API 2.1 and 3.0, section 5; Presentation API 2.1, section
 * 7.2, and 3.0, section 6.2).
 */
export function sendDocument(request: Request, response: Response, { status, body, context }: Document): void {
  const linkedData = context === undefined ? LD_JSON : `${LD_JSON};profile="${context}"`;
  const unasked = request.headers.accept === undefined && context !== undefined && JSON_LD_FIRST.includes(context);
  const wanted = unasked ? linkedData : request.accepts([JSON_TYPE, LD_JSON, linkedData]) || JSON_TYPE;
  if (wanted === JSON_TYPE && context !== undefined) {
    response.set('Link', `<${context}>;rel="http://www.w3.org/ns/json-ld#context";type="${LD_JSON}"`);
  }
  const type = wanted === JSON_TYPE ? `${JSON_TYPE}; charset=utf-8` : linkedData;
  response.status(status).set('Content-Type', type).send(Buffer.from(body));
}
