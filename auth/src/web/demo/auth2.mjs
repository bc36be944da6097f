// The client's side of the IIIF Authorization Flow API 2.0: https://iiif.io/api/auth/2.0/, its algorithm step by step.
import {
  closed,
  fromFrame,
  inWords,
  mayReceive,
  offer,
  offerLogout,
  say,
  settle,
  show,
  start,
  withOrigin,
  words,
} from './client.mjs';

/** Access services that ask nothing of the reader come first. */
const ORDER = ['external', 'kiosk', 'active'];
/** The newest token of each token service: what opened one image may open the next. */
const tokens = new Map();

const within = ({ service }) => [service ?? []].flat();
const find = (parent, wanted) => within(parent).find(({ type }) => type === wanted);
const tokenServiceOf = (service) => find(service, 'AuthAccessTokenService2');

async function describe(image) {
  // Never with the token: it is for the probe alone.
  const answer = await fetch(`${image}/info.json`);
  say(`info.json: ${answer.status}.`);
  return answer.json();
}

/** Section 5: what the image would answer, without asking for the image. */
async function ask(probe, token) {
  const headers = { Accept: 'application/json', ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
  const result = await (await fetch(probe.id, { headers })).json();
  say(
    `The probe ${token === undefined ? 'without' : 'with'} a token: status ${result.status}. ${inWords(result.heading) ?? ''}`,
  );
  return result;
}

/** Section 3: leads the reader through an access service, in a tab of its own. */
async function visit(service) {
  say(`The access service has the profile ${service.profile}.`);
  let tab;
  // Kiosk: without a question. The browser may see that otherwise; then a click is asked for.
  if (service.profile === 'kiosk') tab = window.open(withOrigin(service.id));
  tab ??= await offer(service.id, service.confirmLabel ?? service.label, service.heading, service.note);
  if (tab) await closed(tab);
  say('The tab has closed.');
}

/** Section 4: the token, from a hidden frame. @returns nothing where there is none */
async function tokenOf(service) {
  const tokenService = tokenServiceOf(service);
  const answer = await fromFrame(tokenService.id);
  if (answer?.type === 'AuthAccessToken2') {
    say(`The token service gave a token for ${answer.expiresIn ?? 'some'} seconds.`);
    tokens.set(tokenService.id, answer.accessToken);
    return answer.accessToken;
  }
  say(`The token service gave no token: ${answer?.profile ?? 'it did not answer'}.`);
  words(answer?.heading ?? tokenService.errorHeading, answer?.note ?? tokenService.errorNote);
  return undefined;
}

/** Shows what a probe's result allows. @returns whether the reader has what he asked for */
async function showBy(result, info) {
  if (result.status === 200) show(info);
  else if (result.status >= 300 && result.status < 400 && result.location) {
    say('The image is at another address for this reader: location.');
    show(await describe(result.location.id));
  } else {
    const [substitute] = result.status === 401 ? (result.substitute ?? []) : [];
    if (substitute) {
      say('There is something else to show meanwhile: substitute.');
      show(await describe(substitute.id), 'degraded');
    }
    return false;
  }
  return true;
}

async function open(image, again, stillWanted) {
  const info = await describe(image);
  const probe = find(info, 'AuthProbeService2');
  if (!probe) {
    say('There is no probe service: everybody may see it.');
    return show(info);
  }
  const before = within(probe).find((service) => tokens.has(tokenServiceOf(service).id));
  const mayBefore = before && mayReceive(probe.id, tokenServiceOf(before).id);
  let result = await ask(probe, mayBefore ? tokens.get(tokenServiceOf(before).id) : undefined);
  const startAgain = () => (tokens.clear(), again());
  if (before) offerLogout(find(before, 'AuthLogoutService2'), startAgain);
  if (await showBy(result, info)) return;

  const services = ORDER.flatMap((profile) => within(probe).filter((service) => service.profile === profile));
  for (const service of services) {
    words(result.heading ?? probe.errorHeading, result.note ?? probe.errorNote);
    if (service.profile !== 'external') await visit(service);
    if (!stillWanted()) return;
    const token = await tokenOf(service);
    if (token === undefined || !mayReceive(probe.id, tokenServiceOf(service).id)) continue;
    result = await ask(probe, token);
    offerLogout(find(service, 'AuthLogoutService2'), startAgain);
    if (await showBy(result, info)) return words();
    words(result.heading ?? probe.errorHeading, result.note ?? probe.errorNote);
  }
  settle(result.substitute ? 'degraded' : 'refused');
}

await start(3, open);
