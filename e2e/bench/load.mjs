import { connect } from 'node:net';

/**
 * @typedef {object} Load
 * @property {number} rate answers a second
 * @property {number[]} milliseconds of each answer
 */

/**
 * Asks for pictures, each connection for the next when it has one, until the time is over.
 * @param {string} base
 * @param {() => string} nextPath
 * @param {object} options
 * @param {number} options.seconds
 * @param {number} [options.connections]
 * @param {number} [options.pause] milliseconds between an answer and the next question
 * @param {Record<string, string>} [options.headers]
 * @returns {Promise<Load>} throws where an answer is no picture
 */
export async function load(base, nextPath, { seconds, connections = 4, pause = 0, headers = {} }) {
  /** @type {number[]} */
  const milliseconds = [];
  const start = performance.now();
  const end = start + 1000 * seconds;
  const askOn = async (/** @type {Connection} */ connection) => {
    while (performance.now() < end) {
      const asked = performance.now();
      await connection.picture(nextPath());
      milliseconds.push(performance.now() - asked);
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  const all = Array.from({ length: connections }, () => new Connection(base, headers));
  await Promise.all(all.map(askOn)).finally(() => {
    for (const connection of all) connection.close();
  });
  return { rate: (1000 * milliseconds.length) / (performance.now() - start), milliseconds };
}

/**
 * A connection that stays, or the next one where the server wants no more of it. node's own client takes as long for a
 * tile as the service that is measured.
 */
class Connection {
  #place;
  #head;
  /** @type {import('node:net').Socket | undefined} */
  #socket;
  /** @type {Buffer[]} */
  #parts = [];
  #missing = Infinity;
  #isLast = false;
  /** @type {(error?: Error) => void} */
  #answered = () => undefined;

  /**
   * @param {string} base
   * @param {Record<string, string>} headers
   */
  constructor(base, headers) {
    const { hostname, port, host } = new URL(base);
    const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#head = ` HTTP/1.1\r\n${lines.join('')}\r\n`;
    this.#place = { host: hostname, port: Number(port) };
  }

  /**
   * @param {string} path
   * @returns {Promise<void>} rejects where the answer is no JPEG
   */
  picture(path) {
    return new Promise((resolve, reject) => {
      this.#answered = (error) => {
        if (error) reject(new Error(`${path}: ${error.message}`));
        else resolve();
      };
      this.#parts = [];
      this.#missing = Infinity;
      this.#socket ??= this.#connect();
      this.#socket.write(`GET ${path}${this.#head}`);
    });
  }

  close() {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #connect() {
    const socket = connect(this.#place);
    socket.on('data', (part) => {
      this.#take(part);
    });
    const failed = (/** @type {Error} */ error) => {
      if (socket === this.#socket) this.#answered(error);
    };
    socket.on('error', failed);
    socket.on('close', () => {
      failed(new Error('the connection was closed'));
    });
    return socket;
  }

  /** @param {Buffer} part */
  #take(part) {
    this.#parts.push(part);
    if (this.#missing === Infinity) {
      const begin = Buffer.concat(this.#parts);
      const body = begin.indexOf('\r\n\r\n') + 4;
      if (body < 4 || begin.length < body + 2) return;
      const head = begin.toString('latin1', 0, body);
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      const isPicture = head.startsWith('HTTP/1.1 200') && begin.readUInt16BE(body) === 0xffd8;
      if (length === undefined || !isPicture) {
        this.#answered(new Error(`no picture of a known length: ${begin.toString('latin1', 0, 400)}`));
        return;
      }
      this.#isLast = /^connection: close/im.test(head);
      this.#missing = body + Number(length) - begin.length;
    } else this.#missing -= part.length;
    if (this.#missing > 0) return;
    if (this.#isLast) this.close();
    this.#answered();
  }
}
