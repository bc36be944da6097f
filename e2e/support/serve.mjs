import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mjs';

const ROOT = join(import.meta.dirname, '../..');
const READY = 'Vitrine is ready.';
/** On a fresh clone ./serve installs packages first. */
const SECONDS_TO_START = 300;
const SECONDS_TO_STOP = 30;

/**
 * @typedef {object} Vitrine
 * @property {string} url public address, without a slash at the end
 * @property {{email: string, password: string}} admin
 * @property {string} data its folder of accounts and secrets
 * @property {Record<string, string>} env its variables, for ./vitrine beside it
 * @property {number} pid of ./serve
 * @property {string} log what it has written so far
 * @property {Promise<number | null>} ended its exit status, when all its output is there; null after a signal
 * @property {() => Promise<void>} stop stops it and removes the data folder that it made; may be called twice
 */

/**
 * Starts ./serve on a free port, with data of its own, and waits until it is ready. Nobody's `.env` counts for what the
 * tests rely on.
 * @param {object} [options]
 * @param {string} [options.images] folder of images; the samples if not given
 * @param {string} [options.data] a folder that stays when it stops; one of its own if not given
 * @param {string} [options.root] the clone whose ./serve it is; this one if not given
 * @param {Record<string, string>} [options.env] more variables, which win over those of the tests
 * @returns {Promise<Vitrine>} throws with the log if it does not come up
 */
export async function startServe({ images, data: keep, root = ROOT, env: more = {} } = {}) {
  const port = await freePort();
  const data = keep ?? (await mkdtemp(join(tmpdir(), 'vitrine-')));
  await chmod(data, 0o755); // the image server runs as www-data where it can
  const admin = { email: 'admin@localhost', password: randomBytes(12).toString('base64url') };
  const env = { ...process.env, ...variables(data, admin), ...more };
  const parameters = ['--port', String(port), '--data', data, '--images', images ?? join(root, 'samples/images')];
  // The kernel stops it when this process dies, however that happens.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', join(root, 'serve'), ...parameters], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));

  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));

  async function stop() {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await within(SECONDS_TO_STOP, ended, () => new Error(`./serve does not stop:\n${log}`));
    }
    if (!keep) await rm(data, { recursive: true, force: true });
  }

  const ready = new Promise((resolve) => child.stdout.on('data', () => log.includes(READY) && resolve('ready')));
  try {
    const failure = () => new Error(`./serve does not start:\n${log}`);
    if ((await within(SECONDS_TO_START, Promise.race([ready, ended]), failure)) !== 'ready') throw failure();
  } catch (error) {
    await stop().catch(() => child.kill('SIGKILL'));
    throw error;
  }
  return {
    url: `http://localhost:${port}`,
    admin,
    data,
    env,
    pid: child.pid,
    ended,
    get log() {
      return log;
    },
    stop,
  };
}

function variables(data, admin) {
  return {
    VIRTUAL_HOST: 'localhost',
    VIRTUAL_HOST_PROTO: 'http',
    AUTH_DB_CONNECTION: `sqlite:///${data}/auth.db`,
    AUTH_ADMIN_USERID: admin.email,
    AUTH_ADMIN_PASSWORD: admin.password,
    INSTITUTION: 'Vitrine',
    PROTECT_MANIFESTS: 'false',
  };
}

/** @param {() => Error} failure what is thrown when the time is over */
function within(seconds, promise, failure) {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(failure()), seconds * 1000);
    promise.finally(() => clearTimeout(clock)).then(resolve, reject);
  });
}
