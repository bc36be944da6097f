// Somebody who comes to a site by its name, with a list of the issuers that they trust, and keeps cookies.
import { once } from 'node:events';
import { connect as http2 } from 'node:http2';
import { connect } from 'node:tls';
import { ask } from '../../../test-support/ask.mjs';

/**
 * How somebody comes to a site.
 * @typedef {object} Way
 * @property {string} host the site's name; it is looked for on this machine
 * @property {number} port
 * @property {string} [ca] whom they trust, PEM; by plain http if not given
 * @property {import('node:https').Agent | false} [agent] to keep connections
 * @property {boolean} [rejectUnauthorized] false: they go on whatever the certificate
 */

export class Visitor {
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /** @param {Way} way */
  constructor(way) {
    this.way = way;
  }

  get #cookie() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /**
   * @param {string} path
   * @param {import('../../../test-support/ask.mjs').Asking} [asking]
   * @returns {Promise<import('../../../test-support/ask.mjs').Answer>} rejects if nothing answers
   */
  async ask(path, { headers, ...asking } = {}) {
    const { host, port, ca, agent = false, rejectUnauthorized = true } = this.way;
    const cookie = this.#cookies.size > 0 ? { Cookie: this.#cookie } : {};
    const answer = await ask(`${ca === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, path, {
      ...asking,
      headers: { Host: host, ...cookie, ...headers },
      connection: { ca, agent, rejectUnauthorized, servername: host },
    });
    this.#keep(answer.headers['set-cookie'] ?? []);
    return answer;
  }

  /**
   * Whether they see it now: anything that does not answer, or not with 200, is a no.
   * @param {string} path
   */
  opens(path) {
    return this.ask(path).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /**
   * {@link ask} by HTTP/2.
   * @param {string} path
   * @returns rejects if nothing answers
   */
  async ask2(path) {
    const { host, port, ca } = this.way;
    const session = http2(`https://${host}:${port}`, { host: '127.0.0.1', servername: host, ca });
    const failed = once(session, 'error').then(([error]) => {
      throw error;
    });
    session.setTimeout(30_000, () => {
      session.destroy(new Error(`no answer: ${path}`));
    });
    const stream = session.request({ ':path': path, cookie: this.#cookie });
    const answered = async () => {
      const [first] = await once(stream, 'response');
      const headers = /** @type {import('node:http2').IncomingHttpHeaders & {':status'?: number}} */ (first);
      const body = Buffer.concat(await stream.toArray());
      return { status: headers[':status'], headers, body, protocol: session.alpnProtocol };
    };
    try {
      return await Promise.race([answered(), failed]);
    } finally {
      session.close();
    }
  }

  /**
   * Sends the login form as a browser does.
   * @param {{email: string, password: string, origin: string}} form
   * @param {import('node:http').OutgoingHttpHeaders} [headers]
   */
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

  /** @param {string[]} lines */
  #keep(lines) {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=;]*)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
  }
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<import('node:tls').PeerCertificate | undefined>} what is served for a name on a port of this
 *   machine, trusted or not; undefined where the handshake is refused
 */
export async function servedCertificate(host, port) {
  const socket = connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(10_000) });
    return socket.getPeerCertificate();
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
