import type { Request, RequestHandler, Response } from 'express';
import type { Credentials } from '../gate/visitor.ts';

const LD_JSON = 'application/ld+json';

export function credentialsOf(request: Request): Credentials {
  const destination = request.headers['sec-fetch-dest'];
  return {
    cookie: request.headers.cookie,
    authorization: request.headers.authorization,
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

/**
 * JSON-LD to those who ask for it, else JSON, which every browser shows, and where its `context` is (Image API 2.1, section
 * 5; Presentation API 2.1, section 7.2). `undefined` for what was made by hand.
 */
export function sendDocument(
  request: Request,
  response: Response,
  { status, body, context }: { status: 200 | 401; body: string; context: string | undefined },
): void {
  const type = request.accepts(['application/json', LD_JSON]) === LD_JSON ? LD_JSON : 'application/json';
  if (type !== LD_JSON && context !== undefined) {
    response.set('Link', `<${context}>;rel="http://www.w3.org/ns/json-ld#context";type="application/ld+json"`);
  }
  response.status(status).type(`${type}; charset=utf-8`).send(body);
}
