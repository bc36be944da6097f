const LOGIN = 'http://iiif.io/api/auth/1/login';
const TOKEN = 'http://iiif.io/api/auth/1/token';
const LOGOUT = 'http://iiif.io/api/auth/1/logout';

/**
 * @typedef {{messageId: string, accessToken?: string, expiresIn?: number, error?: string, description?: string}} Message
 *
 * @typedef {{'@id': string, profile?: string, service?: Service | Service[]}} Service a description is one too
 */

/** The client's side of the IIIF Authentication API 1.0 as its sections 2 and 3 describe it, and nothing more. */
export class AuthClient {
  /** @param {string} image address of an image service, without `/info.json` */
  constructor(image) {
    this.image = image;
  }

  /**
   * Asks for the description, and keeps its services.
   * @param {string} [token]
   */
  async describe(token) {
    const headers = new Headers(token === undefined ? {} : { Authorization: `Bearer ${token}` });
    const response = await fetch(`${this.image}/info.json`, { headers });
    /** @type {Service} */
    const info = await response.json();
    this.info = info;
    return { status: response.status, info };
  }

  /**
   * The tab must be opened by a click, or the browser would not.
   * @param {'login' | 'logout'} kind
   */
  openTab(kind) {
    const service = kind === 'login' ? this.#login() : inner(this.#login(), LOGOUT);
    return window.open(`${service['@id']}?origin=${location.origin}`);
  }

  /**
   * Section 2.2.4: a frame that nobody sees.
   * @returns {Promise<{data: Message, origin: string}>} what the frame posts, whatever it says
   */
  token() {
    const messageId = crypto.randomUUID();
    const frame = document.createElement('iframe');
    frame.hidden = true;
    return new Promise((resolve) => {
      window.addEventListener('message', function receive({ data, origin }) {
        if (data?.messageId !== messageId) return;
        window.removeEventListener('message', receive);
        frame.remove();
        resolve({ data, origin });
      });
      const service = inner(this.#login(), TOKEN);
      frame.src = `${service['@id']}?messageId=${messageId}&origin=${location.origin}`;
      document.body.append(frame);
    });
  }

  #login() {
    if (this.info === undefined) throw new Error('Describe it first.');
    return inner(this.info, LOGIN);
  }
}

/**
 * @param {Service} parent
 * @param {string} profile
 * @returns {Service}
 */
function inner(parent, profile) {
  const found = [parent.service ?? []].flat().find((service) => service.profile === profile);
  if (found === undefined) throw new Error(`It has no service ${profile}.`);
  return found;
}
