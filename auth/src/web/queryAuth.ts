import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gate } from '../gate/gate.ts';
import type { Grant, ImageVerdict } from '../gate/verdict.ts';
import { ImagesGone } from '../images/catalogue/disk.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { headerJson, presentRefusal } from './present.ts';
import { DENY_RULE, headerRule } from './ruleHeaders.ts';
import { EVERYBODY, readersAtPlace, type Readers } from './readers.ts';
import { normaliseTarget } from './target.ts';

export const QUERY_AUTH_PATH = '/auth/query_auth';

type Parts = {
  readonly gate: Gate;
  readonly isOurs: (origin: string) => boolean;
  readonly log: Log;
  readonly now: Clock;
};

/** Seconds that nginx may remember a yes. */
const REMEMBERED = 2;

/**
 * nginx's question for every tile (`auth_request`). Answered ahead of Express, which costs more than the answer.
 * 200 with the path to ask the image server or pyramids for, 401, or 403 with the true status in `X-Deny`: `auth_request` knows no
 * other. What goes wrong here is 500, which nginx takes for a no.
 */
export async function queryAuth(
  { gate, isOurs, log, now }: Parts,
  publicUrl: string,
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
    const { origin, referer } = request.headers;
    const credentials = { cookie, authorization, address, origin, destination: undefined };
    const verdict = await gate.image(normaliseTarget(target), credentials);
    if (verdict.kind !== 'granted') refuse(response, verdict);
    else {
      const readers = verdict.byPlace ? readersAtPlace({ origin, referer }, isOurs) : EVERYBODY;
      grant(response, publicUrl, verdict, { readers, life: lifeOf(verdict, now()) });
    }
  } catch (error) {
    if (error instanceof ImagesGone) {
      refuse(response, gone);
      return;
    }
    log.error({ err: error }, 'an image could not be decided on');
    end(response, 500, {});
  }
}

const gone = { kind: 'unavailable', message: 'The images cannot be reached now. Try again in a moment.' } as const;

function refuse(response: ServerResponse, refusal: Exclude<ImageVerdict, Grant>): void {
  const { status, body, retryAfter, rule } = presentRefusal(refusal);
  const by = rule === undefined ? undefined : { [DENY_RULE]: headerRule(rule) };
  const again = retryAfter === undefined ? undefined : { 'Retry-After': String(retryAfter) };
  if (status === 401) end(response, 401, { 'X-Deny-Body': headerJson(body), ...by });
  else end(response, 403, { 'X-Deny': String(status), 'X-Deny-Body': headerJson(body), ...again, ...by });
}

function grant(
  response: ServerResponse,
  publicUrl: string,
  verdict: Grant,
  { readers, life }: { readonly readers: Readers; readonly life: number },
): void {
  const { serverPath, version, canonical, profile, price, visitor } = verdict;
  end(response, 200, {
    'X-Image-Path': serverPath,
    'X-Image-Version': version,
    'X-Image-ETag': etagOf(serverPath, version),
    // Image API 2.1, sections 4.7 and 6: what this picture is called, and what else can be asked for.
    'X-Image-Link': `<${publicUrl}${canonical}>;rel="canonical",<${profile}>;rel="profile"`,
    ...(readers.origin !== undefined && { 'X-Image-Origin': readers.origin }),
    'X-Image-Policy': readers.policy,
    ...(life > 0 && { 'X-Image-Grant': verdict.grant, 'X-Grant-Life': String(life) }),
    'X-Image-Price': String(price),
    'X-Visitor': visitor,
  });
}

/** Whole seconds that a yes may be remembered: no longer than what gives the right; 0 for not at all. */
function lifeOf({ endsAt }: Grant, now: Date): number {
  if (endsAt === undefined) return REMEMBERED;
  return Math.min(REMEMBERED, Math.floor((endsAt.getTime() - now.getTime()) / 1000));
}

/** Names a rendition of a state of the master: a browser that has it is told so without asking the image server. */
function etagOf(serverPath: string, version: string): string {
  return `"${hash('sha256', serverPath + version, 'base64url').slice(0, 22)}"`;
}

function end(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, 'Content-Length': '0', 'Cache-Control': 'no-store' }).end();
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
