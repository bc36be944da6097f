import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchServe } from './launch.mjs';
import { freePort } from './ports.mjs';

const ROOT = join(import.meta.dirname, '../..');

/**
 * @typedef {import('./launch.mjs').Launched & {
 *   url: string, admin: {email: string, password: string}, data: string, env: Record<string, string>,
 * }} Vitrine `url` is its public address, without a slash at the end; `data` its folder of accounts and secrets; `env` its
 *   variables, for ./vitrine beside it. `stop` removes the data folder that it made.
 */

/**
 * Starts ./serve on a free port, with data of its own, and waits until it is ready. Nobody's `.env` counts for what the
 * tests rely on.
 * @param {object} [options]
 * @param {string} [options.images] folder of images; the samples if not given
 * @param {string} [options.data] a folder that stays when it stops; one of its own if not given
 * @param {Record<string, string>} [options.env] more variables, which win over those of the tests
 * @returns {Promise<Vitrine>} throws with the log if it does not come up
 */
export async function startServe({ images = join(ROOT, 'samples/images'), data: keep, env: more = {} } = {}) {
  const port = await freePort();
  const data = keep ?? (await mkdtemp(join(tmpdir(), 'vitrine-')));
  const removeData = () => keep ?? rm(data, { recursive: true, force: true });
  await chmod(data, 0o755); // the image server runs as www-data where it can
  const admin = { email: 'admin@localhost', password: randomBytes(12).toString('base64url') };
  const env = { ...process.env, ...variables(data, admin), ...more };
  const parameters = ['--port', String(port), '--data', data, '--images', images];
  const launched = await launchServe({ root: ROOT, parameters, env }).catch(async (error) => {
    await removeData();
    throw error;
  });
  return {
    url: `http://localhost:${port}`,
    admin,
    data,
    env,
    pid: launched.pid,
    ended: launched.ended,
    get log() {
      return launched.log;
    },
    async stop() {
      await launched.stop();
      await removeData();
    },
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
