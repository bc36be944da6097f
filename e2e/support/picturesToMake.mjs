import { join } from 'node:path';
import { mustRun } from '../../test-support/command.mjs';

const MASTER = join(import.meta.dirname, '../../samples/images/maps/island.tif');

/**
 * Cuts a picture out of a sample, 400 pixels high, and writes it in the format that the name asks for.
 * @param {string} file
 * @param {object} [options]
 * @param {'tiled' | 'untiled'} [options.tiff]
 * @param {number} [options.width] pixels
 * @param {number} [options.x] from where on the sample, so that two pictures differ
 */
export async function makePicture(file, { tiff = 'tiled', width = 600, x = 1000 } = {}) {
  const tiles = '[tile,pyramid,compression=jpeg,tile-width=256,tile-height=256]';
  const format = file.endsWith('.tif') ? (tiff === 'tiled' ? tiles : '[compression=none]') : '';
  await mustRun('vips', ['crop', MASTER, `${file}${format}`, String(x), '1000', String(width), '400']);
}
