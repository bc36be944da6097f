import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { Authority } from '../../../test-support/authority.mjs';
import { temporaryFolder } from '../../../test-support/folders.mjs';
import { freePort } from '../../../test-support/ports.mjs';
import { startServe } from '../serve.mjs';
import { startViewers } from '../viewers.mjs';

const NAMES = { host: 'images.example.org', sameSite: 'viewer.example.org', otherSite: 'viewer.example.net' };

/**
 * @typedef {object} Place a Vitrine with the demonstration, and two web sites with viewers
 * @property {string} url of the Vitrine, as readers see it
 * @property {import('../loggedIn.mjs').Person} admin
 * @property {import('../viewers.mjs').Viewers} viewers
 * @property {string[]} hosts names that a browser has to be told are this machine
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Place>} on plain http of localhost */
export async function placeOnLocalhost() {
  const vitrine = await startServe({ env: { DEMO: 'true' } });
  return place(vitrine, vitrine.url, await startViewers(), []);
}

/** @returns {Promise<Place>} on https, all three with host names */
export async function placeOnHttps() {
  const folder = await temporaryFolder('engines');
  const authority = new Authority(join(folder, 'authority'));
  const own = authority.issue({ host: NAMES.host });
  await writeFile(join(folder, `${NAMES.host}.crt`), own.certificate);
  await writeFile(join(folder, `${NAMES.host}.key`), own.key, { mode: 0o400 });
  const port = String(await freePort());
  const vitrine = await startServe({
    env: { DEMO: 'true', VIRTUAL_HOST: NAMES.host, VIRTUAL_HOST_PROTO: 'https', HTTPS_PORT: port, OWN_DIR: folder },
  });
  const { certificate, key } = authority.issue({ host: NAMES.sameSite });
  const viewers = await startViewers({ cert: certificate, key, names: NAMES });
  return place(vitrine, `https://${NAMES.host}:${port}`, viewers, Object.values(NAMES));
}

/**
 * @param {import('../serve.mjs').Vitrine} vitrine
 * @param {string} url
 * @param {import('../viewers.mjs').Viewers} viewers
 * @param {string[]} hosts
 * @returns {Place}
 */
function place(vitrine, url, viewers, hosts) {
  return {
    url,
    admin: vitrine.admin,
    viewers,
    hosts,
    async stop() {
      await viewers.stop();
      await vitrine.stop();
    },
  };
}
