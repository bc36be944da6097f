/**
 * What a browser asks and what it gets, in order, all pages together.
 * @typedef {{url: string, status: number, bearer: boolean}} Exchange `status` is 0 where there was no answer
 */
export class Traffic {
  /** @type {Exchange[]} */
  exchanges = [];
  /** Hosts that anything was asked of, answered or not. */
  hosts = new Set();
  /** What went wrong inside pages: exceptions that no script caught. */
  pageErrors = [];

  /** @param {import('playwright-core').BrowserContext} context */
  constructor(context) {
    const keep = (request, status) => {
      const bearer = (request.headers()['authorization'] ?? '').startsWith('Bearer ');
      this.exchanges.push({ url: decodeURI(request.url()), status, bearer });
    };
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http')) this.hosts.add(hostname);
    });
    context.on('response', (response) => keep(response.request(), response.status()));
    context.on('requestfailed', (request) => keep(request, 0));
    context.on('weberror', (error) => this.pageErrors.push(error.error()));
  }

  /** A place in time, for {@link since}. */
  mark() {
    return this.exchanges.length;
  }

  /**
   * @param {number} mark
   * @param {RegExp} address
   * @returns {Exchange[]} what has been answered since the mark
   */
  since(mark, address) {
    return this.exchanges.slice(mark).filter(({ url }) => address.test(url));
  }
}

/** Addresses of pieces of images, not of descriptions. */
export const TILE = /\/iiif\/images\/[^/]+\/[^/]+\/[^/]+\/[^/]+\/[^/]+\.jpg$/;
export const INFO = /\/iiif\/images\/[^/]+\/info\.json$/;
