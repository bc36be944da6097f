const LOGIN = 'http://iiif.io/api/auth/1/login';
const TOKEN = 'http://iiif.io/api/auth/1/token';
const LOGOUT = 'http://iiif.io/api/auth/1/logout';

/** The client's side of the IIIF Authentication API 1.0 as its sections 2 and 3 describe it, and nothing more. */
export class AuthClient {
  /** @param {string} image address of an image service, without `/info.json` */
  constructor(image) {
    this.image = image;
  }

  /** Asks for the description, and keeps its services. @returns {Promise<{status: number, info: object}>} */
  async describe(token) {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const response = await fetch(`${this.image}/info.json`, { headers });
    this.info = await response.json();
    return { status: response.status, info: this.info };
  }

  /** The tab must be opened by a click, or the browser would not. @returns {Window} */
  openTab(kind) {
    const service = kind === 'login' ? this.#login() : inner(this.#login(), LOGOUT);
    return window.open(`${service['@id']}?origin=${location.origin}`);
  }

  /**
   * Section 2.2.4: a frame that nobody sees.
   * @returns {Promise<{data: object, origin: string, milliseconds: number}>} what the frame posts, whatever it says
   */
  token() {
    const begin = performance.now();
    const messageId = crypto.randomUUID();
    const frame = document.createElement('iframe');
    frame.hidden = true;
    return new Promise((resolve) => {
      window.addEventListener('message', function receive({ data, origin }) {
        if (data?.messageId !== messageId) return;
        window.removeEventListener('message', receive);
        frame.remove();
        resolve({ data, origin, milliseconds: performance.now() - begin });
      });
      const service = inner(this.#login(), TOKEN);
      frame.src = `${service['@id']}?messageId=${messageId}&origin=${location.origin}`;
      document.body.append(frame);
    });
  }

  #login() {
    return inner(this.info, LOGIN);
  }
}

const inner = (parent, profile) => [parent.service].flat().find((service) => service.profile === profile);
