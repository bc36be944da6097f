import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { startServe } from './serve.mjs';

const SAMPLES = join(import.meta.dirname, '../../samples/images/maps');
/** Every reader of these tests is at one of them, and at none of the others. */
const HERE = ['127.0.0.0/8', '::1'];
const ELSEWHERE = ['192.0.2.0/24'];
/** Pixels: so few that they can be told from the full image by eye. */
export const TIER = 64;

const ACCESS = {
  open: 'everyone',
  login: 'users',
  terms: [{ who: { gesture: 'agreement' } }],
  'own-terms': {
    grants: [{ who: { gesture: 'agreement' } }],
    texts: { label: 'Terms of the estate', heading: 'The estate', note: 'Nothing may be copied.', confirm: 'So be it' },
    reason: { en: 'The letters name people who are alive.', de: 'In den Briefen stehen lebende Personen.' },
  },
  kiosk: [{ who: { gesture: 'kiosk', networks: HERE } }],
  network: [{ who: { networks: HERE } }],
  'other-network': [{ who: { networks: ELSEWHERE } }],
  tiered: [{ who: 'users' }, { who: 'everyone', sees: TIER }],
};

/**
 * Starts ./serve with a folder of each pattern (`open`, `login`, `terms`, `own-terms`, `kiosk`, `network`, `other-network`,
 * `tiered`), each with the two sample maps `island.tif` and `sky.jp2`. What it makes is removed with the tests of the file.
 * @param {Record<string, string>} [env] more variables
 * @returns {ReturnType<typeof startServe>}
 */
export async function startPatterns(env = {}) {
  const images = await temporaryFolder('patterns');
  for (const folder of Object.keys(ACCESS)) {
    await mkdir(join(images, folder));
    await chmod(join(images, folder), 0o755);
    for (const name of ['island.tif', 'sky.jp2']) await copyFile(join(SAMPLES, name), join(images, folder, name));
  }
  return startServe({ images, access: ACCESS, env });
}
