import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchServe } from './launch.mjs';
import { freePort } from '../../test-support/ports.mjs';

const ROOT = join(import.meta.dirname, '../..');
const SAMPLES = join(ROOT, 'samples/images');

/** @import { Person } from './loggedIn.mjs' */

/**
 * @typedef {import('./launch.mjs').Launched & {
 *   url: string, admin: Person, data: string, env: NodeJS.ProcessEnv,
 * }} Vitrine `url` is its public address, without a slash at the end; `data` its folder of accounts and secrets; `env` its
 *   variables, for ./vitrine beside it. `stop` removes the data folder that it made.
 */

/**
 * Starts ./serve on a free port, with data of its own, and waits until it is ready. Nobody's `.env` counts for what the
 * tests rely on.
 * @param {object} [options]
 * @param {string} [options.images] folder of images; the samples if not given
 * @param {Record<string, unknown>} [options.access] what an access.yml in that folder says of folders; of the samples it is
 *   written into a copy
 * @param {string} [options.data] a folder that stays when it stops; one of its own if not given
 * @param {Record<string, string>} [options.env] more variables, which win over those of the tests
 * @param {string} [options.core] the only one that it and all its processes may use; all of them if not given
 * @returns {Promise<Vitrine>} throws with the log if it does not come up
 */
export async function startServe({ images: given, access, data: keep, env: more = {}, core } = {}) {
  const port = await freePort();
  const data = keep ?? (await mkdtemp(join(tmpdir(), 'vitrine-')));
  const copy = given === undefined && access ? await mkdtemp(join(tmpdir(), 'vitrine-images-')) : undefined;
  const images = given ?? copy ?? SAMPLES;
  if (copy !== undefined) {
    await chmod(copy, 0o755);
    await cp(SAMPLES, copy, { recursive: true, preserveTimestamps: true });
  }
  if (access) await writeFile(join(images, 'access.yml'), JSON.stringify({ folders: access }));
  const removeData = async () => {
    if (keep === undefined) await rm(data, { recursive: true, force: true });
    if (copy !== undefined) await rm(copy, { recursive: true, force: true });
  };
  await chmod(data, 0o755); // the image server runs as www-data where it can
  const admin = { email: 'admin@localhost', password: randomBytes(12).toString('base64url') };
  const env = { ...process.env, ...variables(data, admin), ...more };
  const parameters = ['--port', String(port), '--data', data, '--images', images];
  const command = [...(core === undefined ? [] : ['taskset', '-c', core]), join(ROOT, 'serve')];
  const launched = await launchServe({ root: ROOT, command, parameters, env }).catch(
    async (/** @type {unknown} */ error) => {
      await removeData();
      throw error;
    },
  );
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

/**
 * @param {string} data
 * @param {Person} admin
 */
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
