import { mustRun } from '../../test-support/command.mjs';

/**
 * @typedef {{width: number, height: number, grey: boolean, bytes: Buffer}} Pixels 8 bits per channel, one channel or three
 * @typedef {number[][][]} Grid rows of fields, each red, green and blue
 */

/**
 * Decodes a picture by libvips' command.
 * @param {string | Buffer} picture a file or what would be in it
 * @returns {Promise<Pixels>} throws if it is no picture
 */
export async function pixelsOf(picture) {
  const pnm = await (Buffer.isBuffer(picture)
    ? mustRun('vips', ['copy', 'stdin', '.ppm'], { input: picture })
    : mustRun('vips', ['copy', picture, '.ppm']));
  const begin = pnm.subarray(0, 200).toString('latin1');
  const [head = '', kind, width, height] = /^(P[56])\s(?:#.*\n)*(\d+) (\d+)\s255\n/.exec(begin) ?? [];
  return { width: Number(width), height: Number(height), grey: kind === 'P5', bytes: pnm.subarray(head.length) };
}

const CELLS = 8;

/**
 * A picture in a few words: the mean colours of a grid of fields.
 * @param {Pixels} pixels
 * @param {{x: number, y: number, width: number, height: number}} [region] the whole picture if not given
 * @returns {Grid}
 */
export function gridOf({ width, height, grey, bytes }, region = { x: 0, y: 0, width, height }) {
  /** @type {(from: number, length: number, index: number) => number} */
  const edge = (from, length, index) => from + Math.floor((length * index) / CELLS);
  return grid((row, column) => {
    const sum = [0, 0, 0];
    const [top, bottom] = [edge(region.y, region.height, row), edge(region.y, region.height, row + 1)];
    const [left, right] = [edge(region.x, region.width, column), edge(region.x, region.width, column + 1)];
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const at = (y * width + x) * (grey ? 1 : 3);
        for (const channel of [0, 1, 2]) sum[channel] += bytes[at + (grey ? 0 : channel)];
      }
    }
    return sum.map((value) => value / ((bottom - top) * (right - left)));
  });
}

/**
 * A grid as IIIF's rotation parameter turns it: mirrored first, then clockwise by quarters.
 * @param {Grid} fields
 * @param {string} rotation
 */
export function turned(fields, rotation) {
  const [, mirrored, degrees] = /^(!?)(\d+)$/.exec(rotation) ?? [];
  let result = mirrored ? grid((row, column) => fields[row][CELLS - 1 - column]) : fields;
  for (let quarters = Number(degrees) / 90; quarters > 0; quarters -= 1) {
    const before = result;
    result = grid((row, column) => before[CELLS - 1 - column][row]);
  }
  return result;
}

/**
 * A grid without its colours.
 * @param {Grid} fields
 * @returns {Grid}
 */
export function greyed(fields) {
  return fields.map((row) =>
    row.map(([red, green, blue]) => {
      const grey = red * 0.299 + green * 0.587 + blue * 0.114;
      return [grey, grey, grey];
    }),
  );
}

/**
 * How far two grids are apart.
 * @param {Grid} one
 * @param {Grid} other
 * @returns {number} mean difference of a field's channel, 0 to 255
 */
export function distance(one, other) {
  const differences = one.flat(2).map((value, index) => Math.abs(value - other.flat(2)[index]));
  return differences.reduce((sum, value) => sum + value, 0) / differences.length;
}

/**
 * @param {(row: number, column: number) => number[]} field
 * @returns {Grid}
 */
function grid(field) {
  return Array.from({ length: CELLS }, (_, row) => Array.from({ length: CELLS }, (_, column) => field(row, column)));
}
