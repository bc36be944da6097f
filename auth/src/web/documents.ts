import { createHash } from 'node:crypto';
import type { IRouter, Request, RequestHandler, Response } from 'express';
import type { Credentials } from '../gate/credentialReader.ts';
import { methodNotAllowed } from './errors.ts';
import { onlyAtPlace } from './readers.ts';
import type { RefusalAnswer } from './present.ts';
import { noteRefusal } from './ruleHeaders.ts';
import { IMAGE_3_CONTEXT, PRESENTATION_3_CONTEXT } from '../iiif/vocabulary.ts';

const JSON_TYPE = 'application/json';
const LD_JSON = 'application/ld+json';

/**
 * For what its visitor may see: a browser keeps it, and asks each time whether it still may show it (RFC 9111, section
 * 5.2.2.4), because the right to see it, and what it says, may have changed.
 */
export const ASKED_EACH_TIME = 'private, no-cache';

export function credentialsOf(request: Request): Credentials {
  const destination = request.headers['sec-fetch-dest'];
  return {
    cookie: request.headers.cookie,
    authorization: request.headers.authorization,
    address: request.ip ?? '',
    origin: request.headers.origin,
    destination: typeof destination === 'string' ? destination : undefined,
  };
}

/** Any page of the web may read the documents, without cookies (Image API 2.1, section 5.1); errors too, or no viewer sees them. */
const openToAllOrigins: RequestHandler = (_request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  // What a document says depends on the visitor, and may change with the next login: nobody keeps it without asking.
  response.set({ 'Cache-Control': 'no-store', Vary: 'Authorization, Cookie, Origin, Accept, Sec-Fetch-Dest' });
  next();
};

/** `Authorization` makes browsers ask first; it must be named, `*` does not cover it. Never redirected, never 401. */
const answerPreflight: RequestHandler = (_request, response) => {
  response
    .status(204)
    .set({
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': 'Authorization, Accept, Content-Type',
      'Access-Control-Max-Age': '86400',
    })
    .end();
};

/** Serves a document to any page of the web. */
export function serveDocument(router: IRouter, address: RegExp, steps: readonly RequestHandler[]): void {
  router.all(address, openToAllOrigins);
  router.options(address, answerPreflight);
  router.get(address, ...steps);
  router.all(address, methodNotAllowed);
}

/** Whose specifications want JSON-LD where nothing is asked for. */
const JSON_LD_FIRST = [IMAGE_3_CONTEXT, PRESENTATION_3_CONTEXT];

export type Document = {
  readonly body: string;
  /** Address of its JSON-LD context; `undefined` for what was made by hand. */
  readonly context: string | undefined;
  /** Address of the level of compliance of the image that it describes. */
  readonly profile?: string;
  /** Whether a browser may keep it, if its visitor may see it. */
  readonly kept?: boolean;
};

/**
 * JSON-LD to those who ask for it, with its context as `profile`, or who ask for nothing (version 3 only); else JSON,
 * which every browser shows, with a link to the context (Image API 2.1 and 3.0, section 5; Presentation API 2.1, section
 * 7.2, and 3.0, section 6.2).
 */
export function setType(request: Request, response: Response, context: string | undefined): void {
  const linkedData = context === undefined ? LD_JSON : `${LD_JSON};profile="${context}"`;
  const unasked = request.headers.accept === undefined && context !== undefined && JSON_LD_FIRST.includes(context);
  const wanted = unasked ? linkedData : request.accepts([JSON_TYPE, LD_JSON, linkedData]) || JSON_TYPE;
  if (wanted === JSON_TYPE && context !== undefined) {
    response.append('Link', `<${context}>;rel="http://www.w3.org/ns/json-ld#context";type="${LD_JSON}"`);
  }
  response.set('Content-Type', wanted === JSON_TYPE ? `${JSON_TYPE}; charset=utf-8` : linkedData);
}

/** The head of a document that a verdict gives: who may read it, its status, and the challenge of a 401 (RFC 9110, 15.5.2). */
export function setStatus(
  request: Request,
  response: Response,
  { status, byPlace, rule }: { readonly status: 200 | 401; readonly byPlace: boolean; readonly rule?: string },
): void {
  noteRefusal(response, rule);
  if (byPlace) onlyAtPlace(request, response);
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.status(status);
}

export function sendRefusal(response: Response, { status, body, rule }: RefusalAnswer): void {
  noteRefusal(response, rule);
  response.status(status).json(body);
}

export function sendDocument(request: Request, response: Response, document: Document): void {
  const { body, context, profile, kept } = document;
  setType(request, response, context);
  if (profile !== undefined) response.append('Link', `<${profile}>;rel="profile"`);
  if (kept && response.statusCode === 200) {
    const digest = createHash('sha256').update(`${response.get('Content-Type') ?? ''}\n${body}`);
    response.set({ 'Cache-Control': ASKED_EACH_TIME, ETag: `"${digest.digest('base64url').slice(0, 22)}"` });
  }
  response.send(Buffer.from(body)); // or 304, by the ETag
}
