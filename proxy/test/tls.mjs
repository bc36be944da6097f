// How a client sees the TLS of a proxy.
import { execFile } from 'node:child_process';
import { connect } from 'node:tls';
import { ask } from '../../test-support/ask.mjs';

export const host = 'images.example.org';

/**
 * One TLS connection.
 * @param {number} port
 * @param {import('node:tls').ConnectionOptions} [options]
 * @param {(session: Buffer) => void} [keep] is given what to resume it with
 * @returns {Promise<import('node:tls').TLSSocket>} shaken hands; rejects where the server refuses
 */
export function shake(port, options = {}, keep = () => {}) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: host, rejectUnauthorized: false, ...options });
    socket
      .on('session', keep)
      .once('secureConnect', () => {
        resolve(socket);
      })
      .once('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error('no handshake within ten seconds')));
  });
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} the serial number of the certificate that is served; undefined where the handshake
 *   is refused
 */
export async function servedSerial(port) {
  const socket = await shake(port).catch(() => undefined);
  const serial = socket?.getPeerCertificate().serialNumber;
  socket?.destroy();
  return serial;
}

/**
 * One request over https.
 * @param {number} port
 * @param {string} path
 * @param {{method?: string, headers?: Record<string, string>, ca?: string, rejectUnauthorized?: boolean}} options what it
 *   trusts: `ca` (PEM), or anything
 */
export function askTls(port, path, { headers = {}, method = 'GET', ...trust }) {
  const connection = { servername: host, timeout: 10_000, ...trust };
  return ask(`https://127.0.0.1:${port}`, path, { method, headers: { Host: host, ...headers }, connection });
}

/**
 * What `openssl s_client` prints, whatever comes of it.
 * @param {number} port
 * @param {string[]} parameters
 * @returns {Promise<string>}
 */
export function sClient(port, ...parameters) {
  return new Promise((resolve) => {
    const all = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', host, ...parameters];
    execFile('openssl', all, { timeout: 10_000 }, (_error, out, errors) => {
      resolve(out + errors);
    }).stdin?.end();
  });
}
