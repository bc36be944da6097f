import { request } from 'node:http';

/**
 * A plain HTTP client that keeps cookies and sends addresses exactly as they are written (fetch would tidy up `..`).
 */
export class Client {
  #cookies = new Map();

  constructor(baseUrl) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
  }

  /** @returns {Promise<{status: number, headers: object, body: Buffer, text: string}>} rejects if nothing answers */
  ask(path, { method = 'GET', headers = {}, body } = {}) {
    const { hostname, port } = new URL(this.baseUrl);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const options = { hostname, port, path, method, headers: cookie ? { cookie, ...headers } : headers, agent: false };
    return new Promise((resolve, reject) => {
      const sent = request({ ...options, timeout: 60_000 }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          this.#keep(response.headers['set-cookie'] ?? []);
          const whole = Buffer.concat(parts);
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: whole,
            text: whole.toString('utf8'),
          });
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer in a minute: ${path}`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Asks again and again until the answer is as wanted; throws with the last one when the seconds are over. */
  async until(path, wanted, seconds = 20, options = {}) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await this.ask(path, options).catch((error) => ({ status: 0, text: String(error), headers: {} }));
      if (wanted(answer)) return answer;
      if (Date.now() > end)
        throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 200)} after ${seconds} s`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Sends the login form as a browser does. */
  logIn(email, password) {
    return this.ask('/auth/iiif-login', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: this.baseUrl,
        'Sec-Fetch-Site': 'same-origin',
      },
      body: new URLSearchParams({ email, password }).toString(),
    });
  }

  #keep(lines) {
    for (const line of lines) {
      const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line);
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(rest)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

/** @returns {{width: number, height: number}} pixels of a JPEG; throws if it is none */
export function jpegSize(bytes) {
  if (bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9)
    throw new Error('not a JPEG');
  for (let at = 2; ; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at + 1] >= 0xc0 && bytes[at + 1] <= 0xc3) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
  }
}
