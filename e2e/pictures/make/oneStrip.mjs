import { pattern } from './pattern.mjs';
import { deepened, grey, inverted, packed, palette, withAlpha } from './samples.mjs';
import { tags, tiff } from './tiff.mjs';

/** @typedef {keyof typeof import('./samples.mjs').DEPTHS} Depth */
/** @typedef {import('./samples.mjs').Samples} Samples */

const picture = pattern();

/**
 * @param {Samples} samples
 * @param {Parameters<typeof tags.strips>[1]} what
 */
export function single(samples, what) {
  return tiff([{ tags: tags.strips(samples, what), parts: [samples.bytes] }]);
}

/**
 * @param {1 | 2 | 4} bits
 * @param {0 | 1} photometric min is white, or black
 */
export function greys(bits, photometric) {
  const samples = grey(picture);
  return single(packed(photometric === 1 ? samples : inverted(samples), bits), { photometric, bits });
}

/**
 * @param {Samples} samples
 * @param {Depth} depth
 * @param {1 | 3} bands
 */
export function deep(samples, depth, bands) {
  const [bits, more] = [
    depth === 'u16' ? 16 : 32,
    { 339: Array.from({ length: bands }, () => (depth === 'f32' ? 3 : 1)) },
  ];
  return single(deepened(samples, depth), { photometric: bands === 1 ? 1 : 2, bands, bits, more });
}

export function paletted() {
  const { indexed, colours } = palette(picture);
  const map = [0, 1, 2].flatMap((channel) => Array.from({ length: 256 }, (_, n) => (colours[n]?.[channel] ?? 0) * 257));
  return single(indexed, { photometric: 3, more: { 320: { type: 'short', values: map } } });
}

/** The left half shines through, the quarter below on the right is not there. */
export function faded() {
  const { width, height } = picture;
  return withAlpha(picture, (x, y) => (x < width / 2 ? 128 : y < height / 2 ? 255 : 0));
}

/**
 * @param {Samples} samples
 * @param {0 | 1 | 2} kind of the fourth channel: not said, premultiplied, not premultiplied
 */
export function alpha(samples, kind) {
  return single(samples, { photometric: 2, bands: 4, more: { 338: kind } });
}

/** @returns {Samples} */
export function greyAlpha() {
  const [{ bytes }, alphas] = [grey(picture), faded().bytes];
  const both = Buffer.alloc(bytes.length * 2, bytes);
  for (let n = 0; n < bytes.length; n += 1) both.set([bytes[n], alphas[n * 4 + 3]], n * 2);
  return { ...picture, bytes: both };
}
