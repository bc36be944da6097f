// How digilib 2.13.0 fares with a request that it understands: found by trying it, with files of many kinds.

/**
 * @typedef {import('./geometry.mjs').Asked} Asked
 * @typedef {import('./header.mjs').Header} Header
 */

/** Compressions within TIFF that it has no decoder for: zstd, WebP. */
const unknown = [50000, 50001];
const [RGB, YCBCR] = [2, 6]; // TIFF 6.0, PhotometricInterpretation

/**
 * @param {Header} image
 * @param {Asked} asked
 * @returns {'picture' | 'empty' | 'broken'} a rendition, 200 with no body, 500
 */
export function outcome(image, asked) {
  if (isFailure(image)) return 'broken';
  if (asked.quality === 'gray' && asked.type === 'image/jpeg' && !makesGrayJpeg(image, asked)) return 'empty';
  return 'picture';
}

/**
 * It takes the first three bands of a picture that has one or two of them by then.
 * @type {(image: Header, asked: Asked) => boolean}
 */
function makesGrayJpeg({ type, samples, photometric }, { rotation, mirrored }) {
  if (rotation !== 0 || mirrored) return false;
  return samples === 3 && (type === 'image/jp2' || photometric === RGB || photometric === YCBCR);
}

/** @type {(image: Header) => boolean} */
function isFailure({ bits, samples, compression }) {
  return unknown.includes(compression ?? 1) || (bits === 16 && samples > 2);
}

/**
 * Seconds that a picture takes one worker. Java decodes JPEG 2000, and all of a region before it makes it smaller.
 * @type {(image: Header, asked: Asked) => number}
 */
export function seconds(image, { region, scaled }) {
  const shrunk = scaled.width < region.width;
  if (!shrunk) return 0.08;
  return ((region.width * region.height) / 1e6) * (image.type === 'image/jp2' ? 0.2 : 0.03);
}
