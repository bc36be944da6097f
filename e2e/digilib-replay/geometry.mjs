/** An image request that digilib refuses; the message is digilib's own. */
export class Refused extends Error {}

/**
 * @typedef {{width: number, height: number}} Size pixels
 * @typedef {object} Asked
 * @property {Size} region the part of the image
 * @property {Size} scaled the region's size in the picture, before it is turned
 * @property {number} rotation degrees
 * @property {boolean} mirrored
 * @property {string} quality
 * @property {string} type media type
 * @property {number} width pixels of the picture
 * @property {number} height pixels of the picture
 */

/** @type {Record<string, string | undefined>} */
const types = { jpg: 'image/jpeg', png: 'image/png' };
/** @type {Record<string, string | undefined>} */
const qualities = { default: 'color', color: 'color', gray: 'gray', bitonal: 'bitonal' };

/**
 * What is asked for by the four parameters of an IIIF image address (Image API 2.1, section 4), as far as auth writes
 * them: a region in pixels or `full`, a size of two numbers.
 * @param {string[]} parameters
 * @param {Size} image
 * @returns {Asked}
 * @throws {Refused}
 */
export function rendition(parameters, image) {
  const [where = '', size = '', turn = '', last = ''] = parameters;
  const region = cut(where, image);
  const sides = /^(\d+),(\d+)$/.exec(size);
  if (!sides) throw new Refused('Error parsing size parameter in IIIF path! ');
  const scaled = { width: Number(sides[1]), height: Number(sides[2]) };
  const turned = /^(!?)(\d+(?:\.\d+)?)$/.exec(turn);
  if (!turned) throw new Refused('Error parsing rotation parameter in IIIF path! ');
  const [name = '', format = ''] = last.split('.');
  const quality = qualities[name];
  if (quality === undefined) throw new Refused('Invalid quality parameter in IIIF path!');
  const type = types[format];
  if (type === undefined) throw new Refused('Invalid format parameter in IIIF path!');
  if (!(scaled.width >= 2 && scaled.height >= 2)) throw new Refused('ERROR: Other image error!');
  const rotation = Number(turned[2]);
  const [width, height] = rotation % 180 === 90 ? [scaled.height, scaled.width] : [scaled.width, scaled.height];
  return { region, scaled, rotation, mirrored: turned[1] === '!', quality, type, width, height };
}

/**
 * The part of the image that a region means; what lies over the edge is cut off.
 * @param {string} region
 * @param {Size} image
 * @returns {Size}
 */
function cut(region, { width, height }) {
  if (region === 'full') return { width, height };
  const numbers = /^(\d+),(\d+),(\d+),(\d+)$/.exec(region);
  if (!numbers) throw new Refused('Error parsing range parameter in IIIF path!');
  const [x = 0, y = 0, w = 0, h = 0] = numbers.slice(1).map(Number);
  const part = { width: Math.min(width - x, w), height: Math.min(height - y, h) };
  if (!(part.width > 0 && part.height > 0)) throw new Refused('ERROR: Other image error!');
  return part;
}
