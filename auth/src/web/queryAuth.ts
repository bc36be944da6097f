import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gate } from '../gate/gate.ts';
import type { Grant, ImageVerdict } from '../gate/verdict.ts';
import type { Log } from '../observability/log.ts';
import { headerJson, presentRefusal } from './present.ts';
import { normaliseTarget } from './target.ts';

export const QUERY_AUTH_PATH = '/auth/query_auth';

/**
 * nginx's question for every tile (`auth_request`). Answered ahead of Express, which costs more than the answer.
 * 200 with the path to ask the image server for, 401, or 403 with the true status in `X-Deny`: `auth_request` knows no
 * other. What goes wrong here is 500, which nginx takes for a no.
 */
export async function queryAuth(
  gate: Gate,
  log: Log,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = single(request.headers['x-original-uri']);
  if (target === undefined) {
    end(response, 500, {});
    return;
  }
  try {
    const { cookie, authorization } = request.headers;
    const address = single(request.headers['x-forwarded-for']) ?? '';
    const credentials = { cookie, authorization, address, destination: undefined };
    const verdict = await gate.image(normaliseTarget(target), credentials);
    answer(response, verdict, request.headers['if-none-match']);
  } catch (error) {
    log.error({ err: error }, 'an image could not be decided on');
    end(response, 500, {});
  }
}

function answer(response: ServerResponse, verdict: ImageVerdict, known: string | undefined): void {
  if (verdict.kind === 'granted') {
    grant(response, verdict, known);
    return;
  }
  const { status, body } = presentRefusal(verdict);
  if (status === 401) end(response, 401, { 'X-Deny-Body': headerJson(body) });
  else end(response, 403, { 'X-Deny': String(status), 'X-Deny-Body': headerJson(body) });
}

function grant(response: ServerResponse, { serverPath, version }: Grant, known: string | undefined): void {
  const etag = etagOf(serverPath, version);
  const headers = { 'X-Image-ETag': etag };
  if (known?.includes(etag)) end(response, 403, { ...headers, 'X-Deny': '304' });
  else end(response, 200, { ...headers, 'X-Image-Path': serverPath, 'X-Image-Version': version });
}

/** Names a rendition of a state of the master: a browser that has it is told so without asking the image server. */
function etagOf(serverPath: string, version: string): string {
  return `"${createHash('sha256').update(serverPath).update(version).digest('base64url').slice(0, 22)}"`;
}

function end(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, 'Content-Length': '0', 'Cache-Control': 'no-store' }).end();
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
