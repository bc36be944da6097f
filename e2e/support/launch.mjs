import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pidOf } from '../../test-support/processes.mjs';

const READY = 'Vitrine is ready.';
/** On a fresh clone ./serve installs packages first. */
const SECONDS_TO_START = 300;
const SECONDS_TO_STOP = 30;

/**
 * @typedef {object} Launched
 * @property {number} pid of ./serve
 * @property {string} log what it has written so far
 * @property {Promise<number | null>} ended its exit status, when all its output is there; null after a signal
 * @property {() => Promise<void>} stop may be called twice
 */

/**
 * Starts the ./serve of a clone and waits until it is ready.
 * @param {{root: string, command?: string[], parameters?: string[], env: NodeJS.ProcessEnv}} options `command` where it
 *   is called in another way than by its full path
 * @returns {Promise<Launched>} throws with the log if it does not come up
 */
export async function launchServe({ root, command = [join(root, 'serve')], parameters = [], env }) {
  // The kernel stops it when this process dies, however that happens.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...command, ...parameters], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));

  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (log += text));

  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await within(SECONDS_TO_STOP, ended, () => new Error(`./serve does not stop:\n${log}`));
  }

  /** @type {Promise<'ready'>} */
  const ready = new Promise((resolve) => {
    child.stdout.on('data', () => {
      if (log.includes(READY)) resolve('ready');
    });
  });
  try {
    const failure = () => new Error(`./serve does not start:\n${log}`);
    if ((await within(SECONDS_TO_START, Promise.race([ready, ended]), failure)) !== 'ready') throw failure();
  } catch (error) {
    await stop().catch(() => child.kill('SIGKILL'));
    throw error;
  }
  return {
    pid: pidOf(child),
    ended,
    get log() {
      return log;
    },
    stop,
  };
}

/**
 * @template T
 * @param {number} seconds
 * @param {Promise<T>} promise
 * @param {() => Error} failure what is thrown when the time is over
 * @returns {Promise<T>}
 */
function within(seconds, promise, failure) {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => {
      reject(failure());
    }, seconds * 1000);
    promise
      .finally(() => {
        clearTimeout(clock);
      })
      .then(resolve, reject);
  });
}
