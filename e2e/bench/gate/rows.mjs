import { MANY } from './world.mjs';

/**
 * @typedef {import('./wrk.mjs').Request & { tile?: number }} Asked the tile that has to come: its number; 0 if not given
 *
 * @typedef {object} Row
 * @property {string} what
 * @property {number} atLeast the goal: its ratio to bare nginx, or answers a second
 * @property {'/s'} [unit] of the goal; a ratio has none
 * @property {401} [status] that has to come; 200 if not given
 * @property {'tile' | 'document'} [of] what has to come; a tile if not given
 * @property {true} [isNew] it is measured at the first look: nothing may be asked for before
 * @property {(world: import('./world.mjs').World) => Asked[]} requests
 */

/** Tiles that a run asks for the first time; there may be fewer in a small photo. */
const NEW = 100_000;

/** @type {Record<string, Row>} */
export const ROWS = {
  warm: {
    what: 'warm: known visitor, same tile',
    atLeast: 0.8,
    requests: ({ path, cookie }) => [{ path: path('shut!0.tif'), headers: { cookie } }],
  },
  panning: {
    what: 'panning: another tile of an image each time',
    atLeast: 0.5,
    requests: ({ path, cookie, tiles }) =>
      tiles.map((_, tile) => ({ path: path('shut!0.tif', tile), headers: { cookie }, tile })),
  },
  images: {
    what: 'another image on every request',
    atLeast: 0.25,
    requests: ({ path, cookie }) =>
      Array.from({ length: MANY }, (_, image) => ({ path: path(`shut!${image}.tif`), headers: { cookie } })),
  },
  sessions: {
    what: 'another session on every request',
    atLeast: 0.12,
    requests: ({ path, readers }) => readers.map(({ cookie }) => ({ path: path('shut!0.tif'), headers: { cookie } })),
  },
  open: {
    what: 'open image, anonymous',
    atLeast: 0.8,
    requests: ({ path }) => [{ path: path('open!0.tif') }],
  },
  bearer: {
    what: 'Bearer token, same tile',
    atLeast: 0.68,
    requests: ({ path, bearer }) => [{ path: path('shut!0.tif'), headers: { authorization: bearer } }],
  },
  signed: {
    what: 'signed path, same tile',
    atLeast: 0.68,
    requests: ({ path, signer, readers: [{ sessionId }] }) => {
      const signature = signer.sign({ sessionId, visitId: undefined }, ['shut', '0.tif']);
      return [{ path: path(`!${signature}/shut!0.tif`) }];
    },
  },
  native: {
    what: 'native tile that nobody has asked for, whole stack',
    atLeast: 0.2,
    isNew: true,
    requests: ({ path, cookie, tiles }) =>
      Array.from({ length: MANY }, (_, image) =>
        tiles
          .slice(0, Math.ceil(NEW / MANY))
          .map((_tile, tile) => ({ path: path(`shut!${image}.tif`, tile), headers: { cookie }, tile })),
      ).flat(),
  },
  manifest2: document('2', '/iiif/manifests/book'),
  manifest3: document('3', '/iiif/3/manifests/book'),
  refused: {
    what: 'refused',
    atLeast: 0.5,
    status: 401,
    requests: ({ path }) => [{ path: path('shut!0.tif') }],
  },
};

/**
 * @param {string} version of the Presentation API
 * @param {string} path
 * @returns {Row}
 */
function document(version, path) {
  return {
    what: `manifest of 1,000 images, version ${version}`,
    atLeast: 2000,
    unit: '/s',
    of: 'document',
    requests: ({ cookie }) => [{ path, headers: { cookie, 'accept-encoding': 'gzip' } }],
  };
}
