// What both clients need and neither algorithm is about: the page, the images of a manifest, a tab, a hidden frame.
const TOKEN_TIMEOUT = 10_000;
const WIDTH = 900;

/**
 * @typedef {string | Record<string, string | string[]>} Words a string of the older version, or a language map
 *
 * @typedef {{id?: string, '@id'?: string, type?: string, profile?: string, width?: number, service?: Service | Service[],
 *   label?: Words, confirmLabel?: Words, header?: Words, description?: Words, heading?: Words, note?: Words,
 *   failureHeader?: Words, failureDescription?: Words, errorHeading?: Words, errorNote?: Words}} Service an image service,
 *   or one around it, of either version
 *
 * @typedef {(image: string, again: () => void, stillWanted: () => boolean) => Promise<void>} Opener opens the address of an
 *   image service
 */

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {<T>(value: T | T[] | undefined) => T[]} */
const flat = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** @param {Service} service @returns {string} its address */
export const idOf = (service) => service.id ?? service['@id'] ?? '';

/** @param {Service} parent @returns {Service[]} the services in it */
export const within = ({ service }) => flat(service);

/**
 * Words in the reader's language where they have it.
 * @param {Words} [text]
 */
export function inWords(text) {
  if (text === undefined || typeof text === 'string') return text;
  const [language] = [...navigator.languages.map((tag) => tag.split('-')[0]), 'en', ...Object.keys(text)].filter(
    (tag) => tag in text,
  );
  return flat(text[language]).join(' ');
}

/**
 * Adds a line to the list of steps.
 * @param {string} text
 */
export function say(text) {
  element('log').append(Object.assign(document.createElement('li'), { textContent: text }));
}

/** @param {'working' | 'asking' | 'refused' | 'shown' | 'degraded' | 'blocked' | 'failed'} state `degraded`: a smaller image; `blocked`: allowed, but the picture did not come */
export function settle(state) {
  document.body.dataset.state = state;
}

/**
 * Words for the reader: a heading, a note.
 * @param {Words} [heading]
 * @param {Words} [note]
 */
export function words(heading, note) {
  const line = (/** @type {string} */ name, /** @type {Words} */ text) =>
    Object.assign(document.createElement(name), { textContent: inWords(text) });
  element('words').replaceChildren(...(heading ? [line('h2', heading)] : []), ...(note ? [line('p', note)] : []));
}

/**
 * Asks for a click with those words, and opens the address in it: no browser opens a tab without one.
 * @param {string} address
 * @param {Words} [label]
 * @param {Words} [heading]
 * @param {Words} [note]
 * @returns {Promise<Window | null>}
 */
export function offer(address, label, heading, note) {
  words(heading, note);
  settle('asking');
  const button = Object.assign(document.createElement('button'), { textContent: inWords(label) ?? 'Open' });
  element('words').append(button);
  return new Promise((resolve) => {
    button.onclick = () => {
      resolve(window.open(withOrigin(address)));
    };
  });
}

/** `origin` tells the service who asks. The address of a service never has a query. */
export const withOrigin = (/** @type {string} */ address) =>
  `${httpOnly(address)}?origin=${encodeURIComponent(location.origin)}`;

/**
 * What a tab shows cannot be seen from here; that it has closed, can.
 * @param {Window} tab
 */
export async function closed(tab) {
  while (!tab.closed) await new Promise((resolve) => setTimeout(resolve, 250));
  words();
}

/**
 * Loads a token service into a frame that nobody sees.
 * @typedef {{type?: string, accessToken?: string, expiresIn?: number, error?: string, description?: string, profile?: string,
 *   heading?: Words, note?: Words}} TokenAnswer
 * @param {string} address
 * @returns {Promise<TokenAnswer | undefined>} what it posts; nothing after ten seconds
 */
export function fromFrame(address) {
  const messageId = Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
  const frame = Object.assign(document.createElement('iframe'), { hidden: true });
  const { origin } = new URL(httpOnly(address));
  return new Promise((resolve) => {
    const hear = (/** @type {MessageEvent} */ event) => {
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      if (event.data?.messageId === messageId) end(event.data);
    };
    const clock = setTimeout(() => {
      end(undefined);
    }, TOKEN_TIMEOUT);
    const end = (/** @type {TokenAnswer | undefined} */ answer) => {
      window.removeEventListener('message', hear);
      clearTimeout(clock);
      frame.remove();
      resolve(answer);
    };
    window.addEventListener('message', hear);
    frame.src = `${address}?messageId=${messageId}&origin=${encodeURIComponent(location.origin)}`;
    document.body.append(frame);
  });
}

/**
 * A token is for the server that gave it. Where this page is on that server its tokens open more than those of other
 * pages, so a manifest of somebody else must not name where they are sent.
 * @param {string} resource
 * @param {string} tokenService
 */
export function mayReceive(resource, tokenService) {
  const from = new URL(tokenService).origin;
  if (from !== location.origin || new URL(resource).origin === from) return true;
  say('The token of this server is not sent to another one.');
  return false;
}

/**
 * Shows an image service.
 * @param {Service} info its description
 * @param {'shown' | 'degraded'} state
 */
export function show(info, state = 'shown') {
  const picture = Object.assign(new Image(), { alt: 'The image' });
  picture.onload = () => {
    say(`The picture came: ${picture.naturalWidth} pixels wide.`);
    const isAsking = document.body.dataset.state === 'asking';
    if (picture.isConnected && !(isAsking && state === 'degraded')) settle(state);
  };
  picture.onerror = () => {
    say('The picture did not come. Did the browser send the cookie?');
    if (picture.isConnected) settle('blocked');
  };
  picture.src = `${info['@id'] ?? info.id ?? ''}/full/${Math.min(info.width ?? WIDTH, WIDTH)},/0/default.jpg`;
  element('picture').replaceChildren(picture);
}

/**
 * Offers the logout service; the image is opened again when its tab has closed.
 * @param {Service | undefined} service
 * @param {() => void} again
 */
export function offerLogout(service, again) {
  if (!service) return;
  const label = inWords(service.label) ?? 'Log out';
  const button = Object.assign(document.createElement('button'), { textContent: label });
  button.onclick = async () => {
    const tab = window.open(httpOnly(idOf(service)));
    if (tab) await closed(tab);
    say('Logged out.');
    again();
  };
  element('logout').replaceChildren(button);
}

/**
 * Reads `?manifest=` and lists its images.
 * @param {2 | 3} version of the image services
 * @param {Opener} open
 */
export async function start(version, open) {
  const manifest = new URLSearchParams(location.search).get('manifest');
  if (!manifest) return;
  const field = document.querySelector('input');
  if (field) field.value = manifest;
  let turn = 0;
  const images = await imagesOf(manifest, version);
  if (images.length === 0)
    say('No image in this manifest has an image service of the version that this client speaks.');
  const buttons = images.map(({ label }) => Object.assign(document.createElement('button'), { textContent: label }));
  const choose = (/** @type {number} */ index) => {
    const mine = ++turn;
    buttons.forEach((button, at) => button.toggleAttribute('aria-current', at === index));
    for (const id of ['log', 'picture', 'logout', 'words']) element(id).replaceChildren();
    settle('working');
    open(
      images[index].service,
      () => {
        choose(index);
      },
      () => mine === turn,
    ).catch((/** @type {unknown} */ error) => {
      say(String(error));
      settle('failed');
    });
  };
  buttons.forEach((button, index) => {
    button.onclick = () => {
      choose(index);
    };
  });
  element('canvases').replaceChildren(...buttons);
  if (images.length > 0) choose(0);
}

/**
 * The images of a manifest of the Presentation API 2 or 3 that have an image service of a version.
 * @typedef {{'@type'?: string, '@context'?: string} & Service} Claimed
 * @typedef {{service?: Claimed | Claimed[]}} Body
 * @typedef {{label?: Words, items?: {items: {body: Body}[]}[], images: {resource: Body}[]}} Canvas
 * @param {string} address
 * @param {2 | 3} version
 */
async function imagesOf(address, version) {
  const manifest = await (await fetch(httpOnly(address))).json();
  /** @type {Canvas[]} */
  const canvases = manifest.items ?? manifest.sequences[0].canvases;
  return canvases.flatMap((canvas, index) => {
    const body = canvas.items?.[0].items[0].body ?? canvas.images[0].resource;
    const isRight = (/** @type {Claimed} */ one) =>
      `${one.type ?? one['@type'] ?? ''} ${one['@context'] ?? ''}`.match(
        version === 2 ? /Service2|image\/2/ : /Service3|image\/3/,
      );
    const service = flat(body.service).find(isRight);
    return service ? [{ label: inWords(canvas.label) ?? `${index + 1}`, service: idOf(service) }] : [];
  });
}

/** @param {string} address */
function httpOnly(address) {
  const { protocol } = new URL(address);
  if (!/^https?:$/.test(protocol)) throw new Error(`This is not the address of a web page: ${address}`);
  return address;
}
