import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf } from './body.ts';
import { Refusal } from './refusal.ts';
import { factsRequest, readyRequest, tileOf } from './requests.ts';
import type { Service } from './service.ts';

/** A status, and a picture or a value that becomes JSON. */
export type Answer = { readonly status: number; readonly body: Uint8Array | object };

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<Answer>;

/**
 * @returns what answers a request
 * @throws Refusal (the promise) where the request is not one that this service knows
 */
export function routesOf(service: Service): Route {
  const routes = new Map<string, Route>([
    ['POST /facts', async (request) => ok({ facts: await facts(service, request) })],
    ['POST /ready', async (request, response) => ok(await ready(service, request, response))],
    ['GET /status', async () => ok(await service.status())],
    ['GET /health', () => health(service)],
  ]);
  return async (request, response) => {
    const { method = '', url = '' } = request;
    if (url.startsWith('/tiles/') && method === 'GET') return ok(await tile(service, url));
    const route = routes.get(`${method} ${url}`);
    if (route !== undefined) return route(request, response);
    const known = ['GET', 'POST'].some((other) => routes.has(`${other} ${url}`)) || url.startsWith('/tiles/');
    throw known ? new Refusal(405, 'This address does not answer that method.') : new Refusal(404, 'Nothing is here.');
  };
}

const ok = (body: Answer['body']): Answer => ({ status: 200, body });

async function facts(service: Service, request: IncomingMessage): Promise<object> {
  const { masters, wish } = await bodyOf(request, factsRequest);
  return service.facts(masters, wish);
}

async function ready(service: Service, request: IncomingMessage, response: ServerResponse): Promise<object> {
  const { master, page, seconds } = await bodyOf(request, readyRequest);
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  response.once('close', leave);
  try {
    return await service.ready(master, page, { seconds, signal: gone.signal });
  } finally {
    response.off('close', leave);
  }
}

async function tile(service: Service, address: string): Promise<Uint8Array> {
  const asked = tileOf(address);
  if (asked === undefined) throw new Refusal(400, 'This is no address of a tile.');
  const found = await service.tile(asked);
  switch (found.kind) {
    case 'tile':
      return found.bytes;
    case 'missing':
      throw new Refusal(404, 'There is no such tile.');
    case 'invalid':
      throw new Refusal(400, found.reason);
    // It will be so as long as the file is: nothing to be tried again.
    case 'not native':
      throw new Refusal(422, found.reason);
    case 'unavailable':
      throw new Refusal(503, found.reason);
  }
}

async function health(service: Service): Promise<Answer> {
  const message = await service.complaint();
  return message === undefined
    ? ok({ status: 'ok' })
    : { status: 503, body: { status: 'unavailable', error: 'unavailable', message } };
}
