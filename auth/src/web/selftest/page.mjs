// What the self-test needs of a page: to tell, to ask, to open a tab, to hold a frame.
const QUICK = 2000;
const PATIENCE = 8000;
const STATES = { '': '', ok: 'works', bad: 'does not work', warn: 'not in this browser', skip: 'not tried' };

/** @typedef {keyof typeof STATES} State `bad`: the server, or what stands before it; `warn`: the browser; '': not yet */

/** @type {(milliseconds: number) => Promise<undefined>} */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const bearer = (/** @type {string} */ token) => ({ headers: { Authorization: `Bearer ${token}` } });
/** @type {(address: string, request?: RequestInit) => Promise<any>} */
export const json = async (address, request) => (await fetch(address, request)).json();
/**
 * HTTP status; 0 where the browser did not let the answer through.
 * @type {(address: string, request?: RequestInit) => Promise<number>}
 */
export const status = (address, request) =>
  fetch(address, request).then(
    (answer) => answer.status,
    () => 0,
  );

/** @param {string} id of an element that is there @returns {HTMLElement} */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Says how a step went.
 * @param {string} id
 * @param {State} state
 * @param {string} text
 */
export function tell(id, state, text) {
  const step = element(id);
  step.dataset.state = state;
  for (const [selector, words] of [
    ['.state', STATES[state]],
    ['p', text],
  ]) {
    const part = step.querySelector(selector);
    if (part) part.textContent = words;
  }
  const count = (/** @type {State} */ wanted) => document.querySelectorAll(`li[data-state='${wanted}']`).length;
  const [good, bad, barred] = [count('ok'), count('bad'), count('warn')];
  const all = document.querySelectorAll('.steps li').length;
  const verdict = element('verdict');
  const done = good + barred === all;
  verdict.dataset.state = bad > 0 ? 'bad' : !done ? '' : barred > 0 ? 'warn' : 'ok';
  verdict.textContent =
    verdict.dataset.state === 'ok'
      ? 'Everything works.'
      : verdict.dataset.state === 'warn'
        ? `The server works: ${good} of ${all} steps. What this browser does not allow: ${barred}.`
        : `${good} of ${all} steps work so far` + (bad > 0 ? `; not: ${bad}.` : '.');
  return state === 'ok';
}

/** @type {(text: string, ...ids: string[]) => void} */
export const skip = (text, ...ids) => {
  for (const id of ids) tell(id, 'skip', text);
};

/**
 * Opens a service in a tab and waits until it counts as closed.
 * @param {string} id
 * @param {string} address
 */
export async function visit(id, address) {
  const began = performance.now();
  const tab = window.open(address);
  if (!tab) {
    tell(
      id,
      'warn',
      'The browser did not open the tab: allow pop-up windows for this page and press the button again.',
    );
    return undefined;
  }
  tell(id, '', 'Waiting until the tab closes.');
  while (!tab.closed) await pause(100);
  const took = performance.now() - began;
  await pause(300);
  return { early: took < QUICK || document.visibilityState === 'hidden', seconds: (took / 1000).toFixed(1) };
}

/**
 * Loads a page into a hidden frame and waits for what is posted.
 * @param {string} address
 * @param {'elsewhere'} [source] where the page plays another site
 * @param {(parts: any, frame: Window) => boolean} [ready] whether all parts are there
 * @returns {Promise<any>} all that was posted; undefined where not all came within 8 seconds
 */
export async function framed(address, source, ready = () => true) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  if (source === 'elsewhere') frame.sandbox.add('allow-scripts');
  const parts = {};
  const heard = new Promise((resolve) => {
    addEventListener('message', ({ source: from, data }) => {
      if (from !== frame.contentWindow && from !== frame.contentWindow?.[0]) return;
      if (frame.contentWindow && ready(Object.assign(parts, data), frame.contentWindow)) resolve(parts);
    });
  });
  frame.src = address;
  document.body.append(frame);
  const answer = await Promise.race([heard, pause(PATIENCE)]);
  frame.remove();
  return answer;
}
