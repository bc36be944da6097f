import { ask } from './ask.mjs';
import { until } from './until.mjs';

/** @typedef {import('./ask.mjs').Answer} Answer */

/** A plain HTTP client that keeps cookies and sends addresses exactly as they are written. */
export class Client {
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /** @param {string} baseUrl with or without a slash at its end */
  constructor(baseUrl) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
  }

  /**
   * @param {string} path
   * @param {import('./ask.mjs').Asking} [asking] a `cookie` among its headers takes the place of those that are kept
   * @returns {Promise<Answer>} rejects if nothing answers
   */
  async ask(path, { headers, ...asking } = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await ask(this.baseUrl, path, { ...asking, headers: cookie ? { cookie, ...headers } : headers });
    this.#keep(answer.headers['set-cookie'] ?? []);
    return answer;
  }

  /**
   * Asks again and again until the answer is as wanted.
   * @param {string} path
   * @param {(answer: Answer) => boolean} wanted
   * @param {number} [seconds] the limit
   * @param {import('./ask.mjs').Asking} [asking]
   * @returns {Promise<Answer>} throws with the last answer when the time is over
   */
  async until(path, wanted, seconds = 180, asking = {}) {
    let last = 'nothing';
    const found = async () => {
      const answer = await this.ask(path, asking).catch((/** @type {unknown} */ error) => void (last = String(error)));
      if (answer === undefined) return false;
      last = `${answer.status} ${answer.text.slice(0, 200)}`;
      return wanted(answer) && answer;
    };
    return until(`the wanted answer to ${path}`, found, seconds).catch((/** @type {unknown} */ error) => {
      throw new Error(`${String(error)}; the last one: ${last}`, { cause: error });
    });
  }

  /**
   * Sends the login form as a browser does.
   * @param {string} email
   * @param {string} password
   * @returns {Promise<Answer>}
   */
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

  /** @param {string[]} lines */
  #keep(lines) {
    for (const line of lines) {
      const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(rest)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
