// How a client sees the TLS of a proxy.
import { execFile } from 'node:child_process';
import { connect } from 'node:tls';
import { request } from 'node:https';

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
      .once('secureConnect', () => resolve(socket))
      .once('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error('no handshake within ten seconds')));
  });
}

/** @returns the serial number of the certificate that is served, or undefined where the handshake is refused */
export async function servedSerial(port) {
  const socket = await shake(port).catch(() => undefined);
  const serial = socket?.getPeerCertificate().serialNumber;
  socket?.destroy();
  return serial;
}

/** One request over https; `trust` says whom: `ca` (PEM), or `rejectUnauthorized: false`. @returns {Promise<{status: number, headers: object, body: string}>} */
export function askTls(port, path, { headers = {}, method = 'GET', ...trust }) {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', servername: host, path, method, agent: false, ...trust };
    const asked = request({ ...options, headers: { Host: host, ...headers } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk)).once('error', reject);
      answer.once('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    asked.setTimeout(10_000, () => asked.destroy(new Error('no answer within ten seconds'))).once('error', reject);
    asked.end();
  });
}

/** What `openssl s_client` prints, whatever comes of it. */
export function sClient(port, ...parameters) {
  return new Promise((resolve) => {
    const all = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', host, ...parameters];
    execFile('openssl', all, { timeout: 10_000 }, (_error, out, errors) => resolve(out + errors)).stdin.end();
  });
}
