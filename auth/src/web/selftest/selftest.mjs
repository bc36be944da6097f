// Goes through the flow of both versions and says in words what works.
import { checkAddress, checkEncryption, checkHeaders, checkOtherSites, findImage } from './checks.mjs';
import { bearer, framed, json, skip, status, tell, visit } from './page.mjs';

/** @typedef {{id?: string, '@id'?: string, type?: string}} Service */

const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (document.getElementById(`button-${id}`));
const messageId = () => ('randomUUID' in crypto ? crypto.randomUUID() : String(Math.random())); // not on plain http
const token = (/** @type {string} */ service) =>
  framed(`${service}?messageId=${messageId()}&origin=${location.origin}`);

/** @type {(services: Service[]) => Service} */
const tokenOf = (services) =>
  services.find(({ '@id': id, type }) => type === 'AuthAccessTokenService2' || id?.endsWith('token')) ?? {};
const idOf = (/** @type {Service} */ service) => service.id ?? service['@id'] ?? '';

/**
 * One version: tab, token, and what the token opens.
 * @param {1 | 2} number
 * @param {string} address
 * @param {Service[]} services
 * @param {(token: string) => Promise<boolean>} isOpen
 * @returns {Promise<string | undefined>} the token if everything works
 */
async function flow(number, address, services, isOpen) {
  const [tab, tokenStep, open] = [`tab${number}`, `token${number}`, `open${number}`];
  const closed = await visit(tab, `${address}?origin=${location.origin}`);
  if (!closed) return undefined;
  const message = await token(idOf(tokenOf(services)));
  const opens = message?.accessToken ? await isOpen(message.accessToken) : false;
  if (message === undefined)
    tell(
      tokenStep,
      'bad',
      'The token service posted nothing within 8 seconds: its page was not loaded, or a proxy added headers (X-Frame-Options, Content-Security-Policy) that stop it.',
    );
  else if (message.accessToken) tell(tokenStep, 'ok', 'The frame posted a token.');
  else
    tell(
      tokenStep,
      'bad',
      `The token service says ${message.error ?? message.profile}: the tab has left no login that the browser shows it.`,
    );
  if (opens) {
    tell(tab, 'ok', `The tab closed after ${closed.seconds} s, and you are logged in.`);
    tell(open, 'ok', 'It is opened by the token.');
    return message.accessToken;
  }
  if (message?.accessToken)
    tell(
      open,
      'bad',
      'The token does not open the image. Either the tab was closed without a login, or this account may not see it.',
    );
  else skip('There was no token.', open);
  if (closed.early)
    tell(
      tab,
      'bad',
      `The tab counted as closed after ${closed.seconds} s, with nobody logged in. If you still see it: a page in it (of an identity provider, perhaps) sends Cross-Origin-Opener-Policy, and viewers ask for the token too early. It must not send that header.`,
    );
  else
    tell(tab, 'bad', 'The tab closed with nobody logged in. If you did log in, the browser did not keep the cookie.');
  return undefined;
}

checkEncryption();
if (!checkAddress()) skip('', ...[...document.querySelectorAll('.steps li:not([data-state])')].map(({ id }) => id));
else await begin();

async function begin() {
  await checkHeaders();
  const image = await findImage();
  if (!image) {
    tell('image', 'skip', 'There is no image here that a login would open, so there is nothing to log in for.');
    return;
  }
  tell('image', 'ok', image.id);
  const [info, tile] = [`${image.id}/info.json`, `${image.id}/full/200,/0/default.jpg`];
  const refused = [await status(info, { credentials: 'omit' }), await status(tile, { credentials: 'omit' })];
  if (refused.every((one) => one === 401))
    tell('stranger', 'ok', 'info.json and a tile are refused (401), and the probe says 401.');
  else tell('stranger', 'bad', `info.json is ${refused[0]} and a tile ${refused[1]}, but both should be 401.`);
  let token1 = '';
  let token2 = '';

  button('tab1').disabled = false;
  button('tab1').onclick = async () => {
    const isOpen = async (/** @type {string} */ one) => (await status(info, bearer(one))) === 200;
    token1 = (await flow(1, idOf(image.cookie), image.cookie.service, isOpen)) ?? '';
    if (token1) button('tab2').disabled = false;
  };
  button('tab2').onclick = async () => {
    const isOpen = async (/** @type {string} */ one) =>
      [200, 302].includes((await json(image.probe.id, bearer(one))).status);
    token2 = (await flow(2, image.access.id, image.access.service, isOpen)) ?? '';
    if (!token2) return;
    const seen = await status(tile, { cache: 'no-store' });
    tell(
      'tile',
      seen === 200 ? 'ok' : 'bad',
      seen === 200 ? 'The browser sends it, and the picture comes.' : `The answer is ${seen}.`,
    );
    await checkOtherSites(tile, info);
    button('tab3').disabled = false;
  };
  button('tab3').onclick = async () => {
    const logout = image.access.service.find((/** @type {Service} */ { type }) => type === 'AuthLogoutService2');
    if (!(await visit('tab3', logout.id))) return;
    tell('tab3', 'ok', 'The tab has closed itself.');
    const open = [
      (await status(info, bearer(token1))) === 200 && 'info.json with the old token',
      (await json(image.probe.id, bearer(token2))).status === 200 && 'the probe with the old token',
      (await status(tile, { cache: 'no-store' })) === 200 && 'the tile',
    ].filter(Boolean);
    if (open.length === 0)
      tell('over', 'ok', 'info.json, the probe and the tile are refused again, with the old tokens too.');
    else tell('over', 'bad', `Still open: ${open.join(', ')}.`);
  };
}
