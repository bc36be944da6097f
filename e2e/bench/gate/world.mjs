import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../../../test-support/ask.mjs';
import { jpegSize } from '../../../test-support/pictureSize.mjs';
import { inTurn } from '../../support/inTurn.mjs';
import { cookieOfLogin } from '../../support/loggedIn.mjs';
import { startServe } from '../../support/serve.mjs';
import { gridOf, regionOf, SIDE } from '../grid.mjs';
import { PYRAMID, vips } from '../pictures.mjs';
import { startBareNginx } from './bareNginx.mjs';
import { cores } from './cores.mjs';
import { addImages, addRules, addUsers, RULES } from './crowd.mjs';
import { quiet } from './quiet.mjs';
import { addReaders, ownDatabase, signerOf } from './readers.mjs';

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

/** How many images, and readers, there are for a row that wants another one each time. */
export const MANY = 2000;
/** Images of the folder whose manifest is asked for. */
const OF_A_BOOK = 1000;

/**
 * All that is measured, on one core: Vitrine with many images and readers, and bare nginx with the tiles of the one photo
 * that all images are.
 * @param {string} folder
 * @param {string} photo
 * @param {object} [more]
 * @param {import('./crowd.mjs').Crowd} [more.crowd] that is there, too
 * @param {import('./crowd.mjs').Postgres} [more.postgres] instead of a SQLite file
 */
export async function startWorld(folder, photo, { crowd, postgres } = {}) {
  const [images, data] = [join(folder, 'images'), join(folder, 'data')];
  const regions = await drawImages(images, photo);
  if (crowd) addImages(images, join(images, 'shut/0.tif'), crowd.images);
  await mkdir(data);
  const stored = postgres && { AUTH_DB_CONNECTION: postgres.url };
  const access = { open: 'everyone' };
  const start = () => startServe({ images, access, data, core: cores.server, env: stored });
  const vitrine = await start();
  const database = postgres ?? ownDatabase(data);
  try {
    if (crowd) {
      await addUsers(database, crowd.users);
      await addRules(database, Math.min(crowd.images, RULES));
    }
    const cookie = await cookieOfLogin(vitrine, vitrine.admin);
    const path = (/** @type {string} */ image, tile = 0) => `/iiif/images/${image}/${regions[tile % regions.length]}`;
    const tiles = await inTurn(4, regions, (_, tile) => tileAt(vitrine.url, path('shut!0.tif', tile), cookie));
    const readers = await addReaders(database, MANY);
    await quiet([vitrine.pid]);
    const bare = await startBareNginx(join(folder, 'bare'), tiles);
    return {
      server: { base: vitrine.url, pids: [vitrine.pid] },
      bare,
      /** What the tiles of each image are. */
      tiles,
      path,
      cookie,
      bearer: await bearerOf(vitrine.url, cookie),
      readers,
      /** Every image in full size, for one reader after the other. */
      full: () =>
        readers.map(({ cookie: own }, image) => ({
          path: `/iiif/images/shut!${image}.tif/full/full/0/default.jpg`,
          headers: { cookie: own },
        })),
      signer: signerOf(data),
      /** Once more, after it was stopped. */
      start,
      async stop() {
        await Promise.all([vitrine.stop(), bare.stop()]);
      },
    };
  } catch (error) {
    await vitrine.stop();
    throw error;
  }
}

/**
 * One file under many names: of those of `shut` each is an image of its own for everybody but the disk.
 * @param {string} images folder to make
 * @param {string} photo
 * @returns {Promise<string[]>} its tiles, as addresses name them
 */
async function drawImages(images, photo) {
  for (const name of ['shut', 'open', 'book']) await mkdir(join(images, name), { recursive: true });
  const first = join(images, 'shut/0.tif');
  await vips('tiffsave', photo, first, ...PYRAMID); // a form that needs no making
  await link(first, join(images, 'open/0.tif'));
  for (let name = 1; name < MANY; name++) await link(first, join(images, `shut/${name}.tif`));
  for (let name = 0; name < OF_A_BOOK; name++) await link(first, join(images, `book/${name}.tif`));
  const { across, down } = await gridOf(first);
  return Array.from({ length: across * down }, (_, index) =>
    regionOf({ column: index % across, row: Math.floor(index / across) }),
  );
}

/**
 * @param {string} base
 * @param {string} cookie
 * @returns {Promise<string>} an `Authorization` header with an access token
 */
async function bearerOf(base, cookie) {
  const { status, text } = await ask(base, '/auth/iiif-token', { headers: { cookie } });
  if (status !== 200) throw new Error(`no access token: ${status} ${text}`);
  return `Bearer ${JSON.parse(text).accessToken}`;
}

/**
 * @param {string} base
 * @param {string} path
 * @param {string} cookie
 * @returns {Promise<Buffer>} throws where it is no tile
 */
async function tileAt(base, path, cookie) {
  const { status, body, text } = await ask(base, path, { headers: { cookie } });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  const { width, height } = jpegSize(body);
  if (width !== SIDE || height !== SIDE) throw new Error(`${path} is ${width}x${height}`);
  return body;
}
