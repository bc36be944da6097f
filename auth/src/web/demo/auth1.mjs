// The client's side of the IIIF Authentication API 1.0: https://iiif.io/api/auth/1.0/, sections 2 and 3.
import {
  closed,
  fromFrame,
  idOf,
  mayReceive,
  offer,
  offerLogout,
  say,
  settle,
  show,
  start,
  within,
  withOrigin,
  words,
} from './client.mjs';

/** @import { Service, Words } from './client.mjs' */

const AUTH = 'http://iiif.io/api/auth/1/';
/** Patterns that ask nothing of the reader come first. */
const ORDER = ['external', 'kiosk', 'clickthrough', 'login'];
/** The newest token of each token service: what opened one image may open the next. */
/** @type {Map<string, string>} */
const tokens = new Map();

/** @type {(parent: Service, name: string) => Service | undefined} */
const find = (parent, name) => within(parent).find(({ profile }) => profile === AUTH + name);

/** @param {Service} service @returns {string} the address of its token service */
function tokenServiceOf(service) {
  const found = find(service, 'token');
  if (!found) throw new Error('There is no access token service.');
  return idOf(found);
}

/**
 * Asks for the description of an image, with a token where there is one (section 3.1).
 * @param {string} image
 * @param {string} [token]
 * @returns {Promise<{status: number, info: Service}>}
 */
async function describe(image, token) {
  const headers = new Headers(token === undefined ? {} : { Authorization: `Bearer ${token}` });
  const answer = await fetch(`${image}/info.json`, { headers });
  const info = await answer.json();
  say(
    `info.json ${token === undefined ? 'without' : 'with'} a token: ${answer.status}${answer.redirected ? ', by way of 302' : ''}.`,
  );
  return { status: answer.status, info };
}

/**
 * Section 2.1: leads the reader through an access cookie service, in a tab of its own.
 * @param {Service} service
 * @param {string} pattern
 */
async function visit(service, pattern) {
  const address = idOf(service);
  say(`The access cookie service is of the pattern ${pattern}.`);
  /** @type {Window | null | undefined} */
  let tab;
  // Kiosk: without a question. The browser may see that otherwise; then a click is asked for.
  if (pattern === 'kiosk') tab = window.open(withOrigin(address));
  tab ??= await offer(address, service.confirmLabel, service.header, service.description);
  if (tab) await closed(tab);
  say('The tab has closed.');
}

/**
 * Section 2.2.4: the token, from a hidden frame.
 * @param {Service} service
 * @returns {Promise<string | undefined>} nothing where there is none
 */
async function tokenOf(service) {
  const answer = await fromFrame(tokenServiceOf(service));
  if (answer?.accessToken) say(`The token service gave a token for ${answer.expiresIn ?? 'some'} seconds.`);
  else
    say(
      `The token service gave no token: ${answer ? `${answer.error ?? ''} (${answer.description ?? ''})` : 'it did not answer'}.`,
    );
  if (answer?.accessToken) tokens.set(tokenServiceOf(service), answer.accessToken);
  return answer?.accessToken;
}

/**
 * Section 3: all or nothing, or a smaller image of another address for the time being (section 3.2).
 * @type {import('./client.mjs').Opener}
 */
async function open(image, again, stillWanted) {
  const isWhole = (/** @type {{status: number, info: Service}} */ { status, info }) =>
    status === 200 && info['@id'] === image;
  let answer = await describe(image);
  const services = ORDER.flatMap((pattern) => {
    const service = find(answer.info, pattern);
    return service ? [{ pattern, service }] : [];
  });
  if (isWhole(answer)) {
    show(answer.info);
    return;
  }
  const startAgain = () => {
    tokens.clear();
    again();
  };
  const before = services.find(({ service }) => tokens.has(tokenServiceOf(service)))?.service;
  if (before && mayReceive(image, tokenServiceOf(before))) {
    const withToken = await describe(image, tokens.get(tokenServiceOf(before)));
    offerLogout(find(before, 'logout'), startAgain);
    if (isWhole(withToken)) {
      show(withToken.info);
      return;
    }
  }
  if (answer.status === 200) show(answer.info, 'degraded');
  else if (answer.status !== 401) {
    refuse(undefined, `The server answers ${answer.status}.`);
    return;
  }

  for (const { pattern, service } of services) {
    if (pattern !== 'external') await visit(service, pattern);
    if (!stillWanted()) return;
    const token = await tokenOf(service);
    if (token !== undefined && mayReceive(image, tokenServiceOf(service))) {
      answer = await describe(image, token);
      offerLogout(find(service, 'logout'), startAgain);
      if (isWhole(answer)) {
        show(answer.info);
        return;
      }
      say('The token does not open the image.');
    }
    words(service.failureHeader, service.failureDescription);
  }
  // What was shown of it stays.
  settle(answer.status === 200 ? 'degraded' : 'refused');
}

/**
 * @param {Words | undefined} heading
 * @param {Words} note
 */
function refuse(heading, note) {
  words(heading, note);
  settle('refused');
}

await start(2, open);
