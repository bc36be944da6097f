// Takes the place of an ACME server that says what a test wants: pebble has no rate limits and forgets no account.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, listen, portOf } from '../../test-support/servers.mjs';
import { selfSigned } from './pebble.mjs';

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {import('node:http').OutgoingHttpHeaders} [headers]
 * @property {object} [body] sent as JSON
 */

/** @typedef {() => Reply | undefined} Answer to an order; undefined: none comes */

/** @typedef {Awaited<ReturnType<typeof startStandIn>>} StandIn */

/**
 * @param {string} detail
 * @param {import('node:http').OutgoingHttpHeaders} [headers]
 */
export const rateLimited = (detail, headers = {}) => problem(429, 'rateLimited', detail, headers);

/**
 * A problem document (RFC 8555, 6.7).
 * @param {number} status
 * @param {string} type the last part of it
 * @param {string} detail
 * @param {import('node:http').OutgoingHttpHeaders} [headers]
 * @returns {Reply}
 */
export const problem = (status, type, detail, headers = {}) => ({
  status,
  headers,
  body: { type: `urn:ietf:params:acme:error:${type}`, detail, status },
});

/**
 * Directory, nonces and accounts work. An order is answered with what `answer()` returns: status, headers, body; or
 * not at all if that is undefined.
 * @param {Answer} answer
 */
export async function startStandIn(answer) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine acme-'));
  const { certificate, key } = selfSigned(folder);
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    const { url = '' } = request;
    standIn.asked.push(url);
    const reply = replies[url]?.();
    if (reply === undefined) return;
    const { status, headers = {}, body } = reply;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const nonce = `nonce${standIn.asked.length}`;
    response.writeHead(status, { 'Content-Type': type, 'Replay-Nonce': nonce, ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body, null, 2));
  });
  const at = (/** @type {string} */ path) => `https://127.0.0.1:${portOf(server)}${path}`;
  /** @type {Partial<Record<string, Answer>>} */
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
      standIn.orders += 1;
      return standIn.answer();
    },
    '/gone': () => ({ status: 404, headers: { 'Content-Type': 'text/html' } }),
  };
  await listen(server);
  const standIn = {
    directory: at('/directory'),
    caFile: certificate,
    /** @type {string[]} the path of each request */
    asked: [],
    /** How many there were. */
    orders: 0,
    answer,
    /** The address of a path of it. */
    at,
    async stop() {
      await close(server);
      rmSync(folder, { recursive: true });
    },
  };
  return standIn;
}
