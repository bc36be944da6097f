// Somebody who comes to a site by its name, with a list of the issuers that he trusts, and keeps cookies.
import { request as plain } from 'node:http';
import { connect as http2 } from 'node:http2';
import { request as tls } from 'node:https';
import { connect } from 'node:tls';

export class Visitor {
  #cookies = new Map();

  /**
   * @param {object} site
   * @param {string} site.host its name; it is looked for on this machine
   * @param {number} site.port
   * @param {string} [site.ca] PEM; without it he comes by plain http
   * @param {import('node:https').Agent} [site.agent] to keep connections
   * @param {boolean} [site.rejectUnauthorized] false: he goes on whatever the certificate
   */
  constructor(site) {
    this.site = { agent: false, rejectUnauthorized: true, ...site };
  }

  get #cookie() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @returns {Promise<{status: number, headers: object, body: Buffer, text: string}>} rejects if nothing answers */
  ask(path, { method = 'GET', headers = {}, body } = {}) {
    const { host, port, ca, agent, rejectUnauthorized } = this.site;
    const cookie = this.#cookies.size > 0 ? { Cookie: this.#cookie } : {};
    const options = { host: '127.0.0.1', port, path, method, ca, agent, rejectUnauthorized, servername: host };
    return new Promise((resolve, reject) => {
      const sent = (ca === undefined ? plain : tls)({ ...options, headers: { Host: host, ...cookie, ...headers } });
      sent.setTimeout(30_000, () => sent.destroy(new Error(`no answer in half a minute: ${path}`)));
      sent.on('error', (error) => reject(Object.assign(error, { reused: sent.reusedSocket })));
      sent.on('response', async (answer) => {
        try {
          const whole = Buffer.concat(await answer.toArray());
          this.#keep(answer.headers['set-cookie'] ?? []);
          resolve({ status: answer.statusCode, headers: answer.headers, body: whole, text: whole.toString('utf8') });
        } catch (error) {
          reject(error);
        }
      });
      sent.end(body);
    });
  }

  /** Whether he sees it now: anything that does not answer, or not with 200, is a no. */
  opens(path) {
    return this.ask(path).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /** {@link ask} by HTTP/2. */
  ask2(path) {
    const { host, port, ca } = this.site;
    return new Promise((resolve, reject) => {
      const session = http2(`https://${host}:${port}`, { host: '127.0.0.1', servername: host, ca });
      session.once('error', reject).setTimeout(30_000, () => session.destroy(new Error(`no answer: ${path}`)));
      const stream = session.request({ ':path': path, cookie: this.#cookie });
      stream.once('error', reject).once('response', async (headers) => {
        const body = Buffer.concat(await stream.toArray());
        session.close();
        resolve({ status: headers[':status'], headers, body, protocol: session.alpnProtocol });
      });
    });
  }

  logIn({ email, password, origin }, headers = {}) {
    return this.ask('/auth/iiif-login', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: origin,
        'Sec-Fetch-Site': 'same-origin',
        ...headers,
      },
      body: new URLSearchParams({ email, password }).toString(),
    });
  }

  #keep(lines) {
    for (const [name, value] of lines.map((line) => line.split(';')[0].split('='))) this.#cookies.set(name, value);
  }
}

/**
 * @returns {Promise<import('node:tls').PeerCertificate | undefined>} what is served for a name on a port of this
 *   machine, trusted or not; undefined where the handshake is refused
 */
export function servedCertificate(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false, timeout: 10_000 });
    const end = (certificate) => {
      socket.destroy();
      resolve(certificate);
    };
    socket.once('secureConnect', () => end(socket.getPeerCertificate()));
    socket.once('error', () => end()).once('timeout', () => end());
  });
}
