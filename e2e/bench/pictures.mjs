import { join } from 'node:path';
import { mustRun } from '../../test-support/command.mjs';

/** As pyramids makes them (`PYRAMID_QUALITY` aside, which is its default). */
export const PYRAMID = '--tile --pyramid --tile-width 512 --tile-height 512 --compression jpeg --Q 87 --strip'.split(
  ' ',
);

/** @param {string[]} words */
export const vips = (...words) => mustRun('vips', words, { seconds: 600 });

/**
 * Draws clouds of three colours with the noise of a camera on them, as a JPEG of 3 to 2.
 * @param {string} folder
 * @param {number} megapixels
 * @returns {Promise<string>} its path
 */
export async function drawPhoto(folder, megapixels) {
  const height = Math.round(Math.sqrt((megapixels * 1e6) / 1.5));
  const size = [Math.round(1.5 * height), height].map(String);
  const file = (/** @type {string} */ name) => join(folder, name);
  const cell = String(Math.max(16, Math.round(height / 12)));
  for (const [index, colour] of ['red', 'green', 'blue'].entries()) {
    await vips('perlin', file('clouds.v'), ...size, '--cell-size', cell, '--seed', String(index));
    await vips('linear', file('clouds.v'), file('wide.v'), '90', '128');
    await vips('gaussnoise', file('noise.v'), ...size, '--mean', '0', '--sigma', '6', '--seed', String(index));
    await vips('add', file('wide.v'), file('noise.v'), file('sum.v'));
    await vips('cast', file('sum.v'), file(`${colour}.v`), 'uchar');
  }
  await vips('bandjoin', ['red', 'green', 'blue'].map((colour) => file(`${colour}.v`)).join(' '), file('joined.v'));
  await vips('copy', file('joined.v'), file('photo.v'), '--interpretation', 'srgb');
  await vips('jpegsave', file('photo.v'), file('photo.jpg'), '--Q', '92');
  return file('photo.jpg');
}

/**
 * The same photo again and again beside and below itself, as a JPEG of 25 to 16.
 * @param {string} photo
 * @param {string} to
 * @param {number} megapixels
 */
export async function drawLarge(photo, to, megapixels) {
  const unit = Math.sqrt((megapixels * 1e6) / 400);
  const [width, height] = [Math.round(25 * unit), Math.round(16 * unit)];
  const header = async (/** @type {string} */ name) => Number(await mustRun('vipsheader', ['-f', name, photo]));
  const times = [width / (await header('width')), height / (await header('height'))].map((each) =>
    String(Math.ceil(each)),
  );
  await vips('replicate', `${photo}[access=random]`, `${to}.v`, ...times);
  await vips('crop', `${to}.v`, `${to}[Q=90]`, '0', '0', String(width), String(height));
}
