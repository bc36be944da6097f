/** Addresses of pieces of images, and of their descriptions. */
export const TILE = /\/iiif\/images\/[^/]+\/[^/]+\/[^/]+\/[^/]+\/[^/]+\.jpg$/;
export const INFO = /\/iiif\/images\/[^/]+\/info\.json$/;
export const TOKEN = /\/auth\/iiif-token\?/;

/** @import { BrowserContext, Page, Request } from 'playwright-core' */

/**
 * @typedef {object} Exchange
 * @property {string} url
 * @property {number} status 0 where there was no answer
 * @property {boolean} bearer whether a token went along
 */

/** What a browser asks and what it is answered, in order. */
export class Traffic {
  /** @type {Exchange[]} */
  exchanges = [];
  /**
   * Names of the hosts that anything was asked of, answered or not.
   * @type {Set<string>}
   */
  hosts = new Set();
  /**
   * Exceptions in pages that no script caught, and what a page's own Content-Security-Policy kept out of it.
   * @type {(Error | string)[]}
   */
  pageErrors = [];

  /**
   * Watches a whole browser. Images are watched in the given page only, and by Chromium's own protocol: where an answer
   * to an `<img>` is no image, as our 401 is none, playwright only says that the request has failed.
   * @param {Page} page
   */
  static async of(page) {
    const traffic = new Traffic();
    traffic.#watchContext(page.context());
    await traffic.#watchImages(page);
    return traffic;
  }

  /** @param {BrowserContext} context */
  #watchContext(context) {
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http')) this.hosts.add(hostname);
    });
    const keep = (/** @type {Request} */ request, /** @type {number} */ status) => {
      if (request.resourceType() === 'image') return;
      this.#add(request.url(), status, request.headers());
    };
    // An answered request may fail as well: a viewer removes the frame of the token page as soon as that has posted its
    // message, which may be before the page has come to its end.
    const answered = new WeakSet();
    context.on('response', (response) => {
      answered.add(response.request());
      keep(response.request(), response.status());
    });
    context.on('requestfailed', (request) => {
      if (!answered.has(request)) keep(request, 0);
    });
    context.on('weberror', (error) => this.pageErrors.push(error.error()));
    context.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.pageErrors.push(message.text());
    });
  }

  /** @param {Page} page */
  async #watchImages(page) {
    // Chromium does not promise which of the two comes first.
    /** @type {Map<string, {url: string, headers: Record<string, string>}>} */
    const requests = new Map();
    /** @type {Map<string, number>} */
    const statuses = new Map();
    const keepIfComplete = (/** @type {string} */ id) => {
      const [request, status] = [requests.get(id), statuses.get(id)];
      if (request === undefined || status === undefined) return;
      this.#add(request.url, status, request.headers);
      statuses.delete(id);
    };
    const protocol = await page.context().newCDPSession(page);
    protocol.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
      if (type !== 'Image') return;
      requests.set(requestId, request);
      keepIfComplete(requestId);
    });
    protocol.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
      statuses.set(requestId, statusCode);
      keepIfComplete(requestId);
    });
    await protocol.send('Network.enable');
  }

  /**
   * @param {string} url
   * @param {number} status
   * @param {Record<string, string>} headers
   */
  #add(url, status, headers) {
    const bearer = Object.entries(headers).some(
      ([name, value]) => /^authorization$/i.test(name) && /^Bearer /.test(value),
    );
    this.exchanges.push({ url, status, bearer });
  }

  /** A place in time, for {@link since}. */
  mark() {
    return this.exchanges.length;
  }

  /**
   * @param {number} mark
   * @param {RegExp} address
   * @returns {Exchange[]} what has been answered after the mark
   */
  since(mark, address) {
    return this.exchanges.slice(mark).filter(({ url }) => address.test(url));
  }

  /**
   * @param {RegExp} address
   * @param {number} status
   * @param {number} [mark]
   * @returns {Exchange[]} what has been answered so, from the beginning or since the mark
   */
  answers(address, status, mark = 0) {
    return this.since(mark, address).filter((exchange) => exchange.status === status);
  }

  /** @returns {Exchange[]} what has been answered with a 5xx */
  failures() {
    return this.exchanges.filter(({ status }) => status >= 500);
  }

  /** One exchange a line, for the log of a test that failed. */
  toString() {
    return this.exchanges.map(({ url, status, bearer }) => `${status}${bearer ? ' Bearer' : ''} ${url}`).join('\n');
  }
}
