// The client's side of the IIIF Authorization Flow API 2.0: https://iiif.io/api/auth/2.0/, its algorithm step by step.
import {
  closed,
  fromFrame,
  idOf,
  inWords,
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

/** Access services that ask nothing of the reader come first. */
const ORDER = ['external', 'kiosk', 'active'];
/** The newest token of each token service: what opened one image may open the next. */
/** @type {Map<string, string>} */
const tokens = new Map();

/** @type {(parent: Service, wanted: string) => Service | undefined} */
const find = (parent, wanted) => within(parent).find(({ type }) => type === wanted);

/** @param {Service} service */
function tokenServiceOf(service) {
  const found = find(service, 'AuthAccessTokenService2');
  if (!found) throw new Error('There is no access token service.');
  return found;
}

/** @param {string} image @returns {Promise<Service>} */
async function describe(image) {
  // Never with the token: it is for the probe alone.
  const answer = await fetch(`${image}/info.json`);
  say(`info.json: ${answer.status}.`);
  return answer.json();
}

/**
 * Section 5: what the image would answer, without asking for the image.
 * @typedef {{status: number, heading?: Words, note?: Words, location?: Service, substitute?: Service[]}} ProbeResult
 * @param {Service} probe
 * @param {string} [token]
 * @returns {Promise<ProbeResult>}
 */
async function ask(probe, token) {
  const headers = { Accept: 'application/json', ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
  /** @type {ProbeResult} */
  const result = await (await fetch(idOf(probe), { headers })).json();
  say(
    `The probe ${token === undefined ? 'without' : 'with'} a token: status ${result.status}. ${inWords(result.heading) ?? ''}`,
  );
  return result;
}

/**
 * Section 3: leads the reader through an access service, in a tab of its own.
 * @param {Service} service
 */
async function visit(service) {
  say(`The access service has the profile ${service.profile ?? ''}.`);
  /** @type {Window | null | undefined} */
  let tab;
  // Kiosk: without a question. The browser may see that otherwise; then a click is asked for.
  if (service.profile === 'kiosk') tab = window.open(withOrigin(idOf(service)));
  tab ??= await offer(idOf(service), service.confirmLabel ?? service.label, service.heading, service.note);
  if (tab) await closed(tab);
  say('The tab has closed.');
}

/**
 * Section 4: the token, from a hidden frame.
 * @param {Service} service
 * @returns {Promise<string | undefined>} nothing where there is none
 */
async function tokenOf(service) {
  const tokenService = tokenServiceOf(service);
  const answer = await fromFrame(idOf(tokenService));
  if (answer?.type === 'AuthAccessToken2' && answer.accessToken) {
    say(`The token service gave a token for ${answer.expiresIn ?? 'some'} seconds.`);
    tokens.set(idOf(tokenService), answer.accessToken);
    return answer.accessToken;
  }
  say(`The token service gave no token: ${answer?.profile ?? 'it did not answer'}.`);
  words(answer?.heading ?? tokenService.errorHeading, answer?.note ?? tokenService.errorNote);
  return undefined;
}

/**
 * Shows what a probe's result allows.
 * @param {ProbeResult} result
 * @param {Service} info
 * @returns {Promise<boolean>} whether the reader has what they asked for
 */
async function showBy(result, info) {
  if (result.status === 200) show(info);
  else if (result.status >= 300 && result.status < 400 && result.location) {
    say('The image is at another address for this reader: location.');
    show(await describe(idOf(result.location)));
  } else {
    const substitute = result.status === 401 && result.substitute?.at(0);
    if (substitute) {
      say('There is something else to show meanwhile: substitute.');
      show(await describe(idOf(substitute)), 'degraded');
    }
    return false;
  }
  return true;
}

/** @type {import('./client.mjs').Opener} */
async function open(image, again, stillWanted) {
  const info = await describe(image);
  const probe = find(info, 'AuthProbeService2');
  if (!probe) {
    say('There is no probe service: everybody may see it.');
    show(info);
    return;
  }
  const tokenIdOf = (/** @type {Service} */ service) => idOf(tokenServiceOf(service));
  const before = within(probe).find((service) => tokens.has(tokenIdOf(service)));
  const mayBefore = before && mayReceive(idOf(probe), tokenIdOf(before));
  let result = await ask(probe, mayBefore ? tokens.get(tokenIdOf(before)) : undefined);
  const startAgain = () => {
    tokens.clear();
    again();
  };
  if (before) offerLogout(find(before, 'AuthLogoutService2'), startAgain);
  if (await showBy(result, info)) return;

  const services = ORDER.flatMap((profile) => within(probe).filter((service) => service.profile === profile));
  for (const service of services) {
    words(result.heading ?? probe.errorHeading, result.note ?? probe.errorNote);
    if (service.profile !== 'external') await visit(service);
    if (!stillWanted()) return;
    const token = await tokenOf(service);
    if (token === undefined || !mayReceive(idOf(probe), tokenIdOf(service))) continue;
    result = await ask(probe, token);
    offerLogout(find(service, 'AuthLogoutService2'), startAgain);
    if (await showBy(result, info)) {
      words();
      return;
    }
    words(result.heading ?? probe.errorHeading, result.note ?? probe.errorNote);
  }
  settle(result.substitute ? 'degraded' : 'refused');
}

await start(3, open);
