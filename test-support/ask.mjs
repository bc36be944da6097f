import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} statusMessage
 * @property {import('node:http').IncomingHttpHeaders} headers names in lower case
 * @property {string[]} rawHeaders names and values as they came, in turn
 * @property {Buffer} body
 * @property {string} text the body, read as UTF-8
 */

/**
 * @typedef {object} Asking
 * @property {string} [method]
 * @property {import('node:http').OutgoingHttpHeaders} [headers]
 * @property {string | Buffer} [body]
 * @property {import('node:https').RequestOptions} [connection] how it is reached: `ca`, `servername`, `agent`. A
 *   connection of its own if nothing else is said
 */

/**
 * One request with its target exactly as it is written (fetch would tidy up `..`): no redirect is followed, no cookie
 * kept.
 * @param {string} base address of the server, http or https: `http://127.0.0.1:8080`
 * @param {string} path
 * @param {Asking} [asking]
 * @returns {Promise<Answer>} rejects if nothing answers, at the latest after three minutes of silence; then `reused` of the
 *   error says whether the connection had been there before
 */
export function ask(base, path, { method = 'GET', headers = {}, body, connection = {} } = {}) {
  const { protocol, hostname, port } = new URL(base);
  const options = { hostname, port, path, method, headers, agent: false, timeout: 180_000, ...connection };
  return new Promise((resolve, reject) => {
    const sent = (protocol === 'https:' ? secure : plain)(options, (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on('data', (/** @type {Buffer} */ part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, statusMessage = '', headers: answered, rawHeaders } = response;
        const whole = Buffer.concat(parts);
        resolve({ status, statusMessage, headers: answered, rawHeaders, body: whole, text: whole.toString('utf8') });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in three minutes: ${path}`)));
    sent.on('error', (error) => {
      reject(Object.assign(error, { reused: sent.reusedSocket }));
    });
    sent.end(body);
  });
}
