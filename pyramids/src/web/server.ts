import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../shared/log.ts';
import { Refusal } from './refusal.ts';
import { type Answer, routesOf } from './routes.ts';
import type { Service } from './service.ts';

/** Milliseconds that an idle connection is kept: longer than auth and nginx keep theirs, so that it is they who close. */
const KEPT = 75_000;

/** The service over plain HTTP, not listening yet. */
export function serverOf(service: Service, log: Log): Server {
  const answer = routesOf(service);
  const server = createServer((request, response) => {
    answer(request, response).then(
      (found) => {
        send(response, found);
      },
      (error: unknown) => {
        // Whoever asked has gone, or what it still sends is too much: its connection is of no more use.
        if (!request.complete) response.setHeader('Connection', 'close');
        if (error instanceof Refusal) {
          send(response, { status: error.status, body: { error: 'refused', message: error.message } });
          return;
        }
        if (!request.errored) log.error({ err: error, address: request.url }, 'a request could not be answered');
        send(response, { status: 500, body: { error: 'failed', message: 'The log of this service says why.' } });
      },
    );
  });
  server.keepAliveTimeout = KEPT;
  return server;
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const picture = body instanceof Uint8Array;
  const bytes = picture ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'Content-Type': picture ? 'image/jpeg' : 'application/json',
    'Content-Length': bytes.length,
  });
  response.end(bytes);
}
