import { connect } from 'node:net';

/**
 * @typedef {object} RawRequest
 * @property {string} [method]
 * @property {Record<string, string | string[]>} [headers]
 * @property {string} [body] each character is a byte
 */

/**
 * @typedef {object} RawAnswer
 * @property {number | undefined} status undefined if there was no answer
 * @property {Partial<Record<string, string[]>>} headers name in lower case → values in the order in which they came
 * @property {Buffer} body
 * @property {boolean | undefined} ended of a body in chunks: whether the last one came
 * @property {Record<string, unknown> | undefined} json the body, where it says that it is JSON
 */

/**
 * One request with exactly this path and these headers, on a connection of its own.
 * @param {number} port of 127.0.0.1
 * @param {string} path
 * @param {RawRequest} [request]
 * @returns {Promise<RawAnswer>} rejects where nothing listens, or says nothing for a quarter of a minute
 */
export async function ask(port, path, { method = 'GET', headers = {}, body = '' } = {}) {
  const own = Object.entries({ Host: 'localhost', Connection: 'close', ...headers }).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  return read(await send(port, `${method} ${path} HTTP/1.1\r\n${own.join('')}\r\n${body}`));
}

/**
 * Sends bytes as they are.
 * @param {number} port of 127.0.0.1
 * @param {string} bytes each character is one
 * @returns {Promise<Buffer>} all that comes back until the connection ends
 */
export function send(port, bytes) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    // An answer that came before the request was read to its end may be followed by a reset.
    const done = (/** @type {Error | undefined} */ error) => {
      if (error && chunks.length === 0) reject(error);
      else resolve(Buffer.concat(chunks));
    };
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer')));
    socket
      .on('data', (chunk) => chunks.push(chunk))
      .on('error', done)
      .on('close', () => {
        done(undefined);
      });
  });
}

/**
 * @param {Buffer} bytes
 * @returns {RawAnswer}
 */
function read(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  const [line, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  /** @type {Partial<Record<string, string[]>>} */
  const headers = {};
  for (const text of lines) {
    const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(text) ?? [];
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  let body = bytes.subarray(end + 4);
  let ended;
  if (headers['transfer-encoding']?.[0] === 'chunked') ({ body, ended } = unchunked(body));
  let json;
  if (headers['content-type']?.[0] === 'application/json') json = body.length > 0 ? JSON.parse(body.toString()) : {};
  return { status: line ? Number(line.split(' ')[1]) : undefined, headers, body, ended, json };
}

/** @param {Buffer} bytes */
function unchunked(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (length === 0) return { body: Buffer.concat(parts), ended: true };
    if (!(length > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return { body: Buffer.concat(parts), ended: false };
}
