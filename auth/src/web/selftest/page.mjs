// What the self-test needs of a page: to tell, to ask, to open a tab, to hold a frame.
const QUICK = 2000;
const PATIENCE = 8000;
const STATES = { ok: 'works', bad: 'does not work', warn: 'not in this browser', skip: 'not tried' };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });
export const json = async (...request) => (await fetch(...request)).json();
/** HTTP status; 0 where the browser did not let the answer through. */
export const status = (...request) =>
  fetch(...request).then(
    (answer) => answer.status,
    () => 0,
  );

/** Says how a step went: `ok`, `bad` (the server, or what stands before it), `warn` (the browser), `skip`. */
export function tell(id, state, text) {
  const step = document.getElementById(id);
  step.dataset.state = state;
  step.querySelector('.state').textContent = STATES[state] ?? '';
  step.querySelector('p').textContent = text;
  const count = (wanted) => document.querySelectorAll(`li[data-state='${wanted}']`).length;
  const [good, all, wrong] = [count('ok'), document.querySelectorAll('.steps li').length, count('bad') + count('warn')];
  const verdict = document.getElementById('verdict');
  verdict.dataset.state = wrong > 0 ? 'bad' : good === all ? 'ok' : '';
  verdict.textContent =
    good === all ? 'Everything works.' : `${good} of ${all} steps work so far` + (wrong > 0 ? `; not: ${wrong}.` : '.');
  return state === 'ok';
}

export const skip = (text, ...ids) => ids.forEach((id) => tell(id, 'skip', text));

/** Opens a service in a tab and waits until it counts as closed. */
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

/** Loads a page into a hidden frame and waits for what is posted. */
export async function framed(address, source, ready = () => true) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  if (source === 'elsewhere') frame.sandbox = 'allow-scripts';
  const parts = {};
  const heard = new Promise((resolve) => {
    addEventListener('message', ({ source: from, data }) => {
      if (from !== frame.contentWindow && from !== frame.contentWindow?.[0]) return;
      if (ready(Object.assign(parts, data), frame.contentWindow)) resolve(parts);
    });
  });
  frame.src = address;
  document.body.append(frame);
  const answer = await Promise.race([heard, pause(PATIENCE)]);
  frame.remove();
  return answer;
}
