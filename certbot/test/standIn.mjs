// Takes the place of an ACME server that says what a test wants: pebble has no rate limits and forgets no account.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from './pebble.mjs';

export const rateLimited = (detail, headers = {}) => problem(429, 'rateLimited', detail, headers);

export const problem = (status, type, detail, headers = {}) => ({
  status,
  headers,
  body: { type: `urn:ietf:params:acme:error:${type}`, detail, status },
});

/**
 * Directory, nonces and accounts work. An order is answered with what `answer()` returns: status, headers, body; or
 * not at all if that is undefined.
 * @returns also `asked` (the path of each request) and `orders` (when each order came, in milliseconds)
 */
export async function startStandIn(answer) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine acme-'));
  const { certificate, key } = selfSigned(folder);
  const standIn = { caFile: certificate, asked: [], orders: [], answer };
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    standIn.asked.push(request.url);
    const reply = replies[request.url]?.();
    if (reply === undefined) return;
    const { status, headers = {}, body } = reply;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const nonce = `nonce${standIn.asked.length}`;
    response.writeHead(status, { 'Content-Type': type, 'Replay-Nonce': nonce, ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body, null, 2));
  });
  const at = (path) => `https://127.0.0.1:${server.address().port}${path}`;
  const replies = {
    '/directory': () => ({
      status: 200,
      body: {
        newNonce: at('/nonce'),
        newAccount: at('/account'),
        newOrder: at('/order'),
        revokeCert: at('/revoke'),
        keyChange: at('/key'),
      },
    }),
    '/nonce': () => ({ status: 200 }),
    '/account': () => ({ status: 201, headers: { Location: at('/account/1') }, body: { status: 'valid' } }),
    '/order': () => {
      standIn.orders.push(Date.now());
      return standIn.answer();
    },
    '/gone': () => ({ status: 404, headers: { 'Content-Type': 'text/html' } }),
  };
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn.directory = at('/directory');
  standIn.at = at;
  standIn.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  };
  return standIn;
}
