import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ask } from '../../../../test-support/ask.mjs';
import { mustRun } from '../../../../test-support/command.mjs';
import { freePort } from '../../../../test-support/ports.mjs';
import { pidOf } from '../../../../test-support/processes.mjs';
import { until } from '../../../../test-support/until.mjs';
import { startBareNginx } from '../bareNginx.mjs';
import { cores } from '../cores.mjs';

const OAUTH2_PROXY = { module: 'github.com/oauth2-proxy/oauth2-proxy/v7', version: 'v7.15.6' };
const PERSON = { username: 'reader', password: 'of a measurement' };

/**
 * @typedef {object} Rival
 * @property {string} name
 * @property {boolean} [isFloor] there is no goal to be cheaper
 * @property {string[]} command
 * @property {string} decide the path that says yes or no
 * @property {{path: string, body: string}} login that gives the cookie
 */

/** @typedef {Awaited<ReturnType<typeof startPeer>>} Peer */

/**
 * Others that decide for nginx by `auth_request`, each with a login of its own and behind an nginx that sends the same tiles.
 * @param {string} folder
 * @param {readonly Buffer[]} tiles
 * @returns {Promise<Peer[]>}
 */
export async function startPeers(folder, tiles) {
  const rivals = [floor, plain, oauth2Proxy];
  return Promise.all(
    rivals.map(async (rival, number) => {
      const own = join(folder, String(number));
      await mkdir(own, { recursive: true });
      const port = await freePort();
      return startPeer(own, tiles, `http://127.0.0.1:${port}`, await rival(own, port));
    }),
  );
}

/**
 * @param {string} folder
 * @param {readonly Buffer[]} tiles
 * @param {string} address
 * @param {Rival} rival
 */
async function startPeer(folder, tiles, address, { name, isFloor = false, command, decide, login }) {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', 'taskset', '-c', cores.server, ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const allows = async (/** @type {Record<string, string>} */ headers) => {
    const { status } = await ask(address, decide, { headers });
    return status >= 200 && status < 300;
  };
  await until(`${name} answers`, () =>
    allows({}).then(
      () => true,
      () => false,
    ),
  );
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const { headers } = await ask(address, login.path, { method: 'POST', headers: form, body: login.body });
  const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
  if (!(await allows({ cookie })) || (await allows({}))) throw new Error(`${name} does not decide by the login`);
  const nginx = await startBareNginx(folder, tiles, { gate: address + decide });
  return {
    name,
    isFloor,
    cookie,
    server: { base: nginx.base, pids: [pidOf(child), ...nginx.pids] },
    async stop() {
      await nginx.stop();
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/**
 * @param {string} folder
 * @param {number} port
 * @returns {Rival}
 */
function plain(folder, port) {
  return {
    name: 'plain Express with sessions in SQLite',
    command: ['node', join(import.meta.dirname, 'plain.mjs'), String(port), join(folder, 'plain.db')],
    decide: '/decide',
    login: { path: '/login', body: '' },
  };
}

/**
 * No rival, but what no gate of node can be cheaper than: whatever is decided anew cannot either.
 * @param {string} _folder
 * @param {number} port
 * @returns {Rival}
 */
function floor(_folder, port) {
  return {
    name: 'node that only looks for a cookie',
    isFloor: true,
    command: ['node', join(import.meta.dirname, 'floor.mjs'), String(port)],
    decide: '/',
    login: { path: '/', body: '' },
  };
}

/**
 * It is built once, into Go's folder of programs; people log in with a password, its sessions are in cookies.
 * @param {string} folder
 * @param {number} port
 * @returns {Promise<Rival>}
 */
async function oauth2Proxy(folder, port) {
  const users = join(folder, 'users');
  const { hashSync } = createRequire(join(import.meta.dirname, '../../../../auth/package.json'))('bcrypt');
  await writeFile(users, `${PERSON.username}:${hashSync(PERSON.password, 5).replace(/^\$2b/, '$2y')}\n`);
  const words = {
    'http-address': `127.0.0.1:${port}`,
    'htpasswd-file': users,
    'cookie-secret': randomBytes(16).toString('hex'),
    'cookie-secure': 'false',
    'email-domain': '*',
    'client-id': 'none',
    'client-secret': 'none',
    provider: 'github',
    upstream: 'static://202',
    'request-logging': 'false',
    'auth-logging': 'false',
    'standard-logging': 'false',
  };
  return {
    name: `oauth2-proxy ${OAUTH2_PROXY.version}`,
    command: [await builtOauth2Proxy(), ...Object.entries(words).map(([name, value]) => `--${name}=${value}`)],
    decide: '/oauth2/auth',
    login: { path: '/oauth2/sign_in', body: new URLSearchParams(PERSON).toString() },
  };
}

/** @returns {Promise<string>} the program */
async function builtOauth2Proxy() {
  const { module, version } = OAUTH2_PROXY;
  const folder = join(homedir(), `.cache/vitrine-bench/oauth2-proxy-${version}`);
  const program = join(folder, 'oauth2-proxy');
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const env = { ...process.env, GOBIN: folder, GOFLAGS: '-buildvcs=false' };
    await mustRun('go', ['install', `${module}@${version}`], { env, seconds: 900 });
  }
  return program;
}
