import { SIZE } from './pattern.mjs';

/** @typedef {{width: number, height: number}} Dimensions */
/** @typedef {'ImageMagick' | 'Pillow' | 'Ghostscript'} Judge an independent program */
/**
 * @typedef {object} Served
 * @property {readonly Dimensions[]} pages upright
 * @property {'made' | 'fit'} form what iipsrv is given
 * @property {readonly Judge[]} judges who says what is right
 * @property {readonly number[]} [pictures] which of the file's pictures, from 0, each page is; all of them in turn if not given
 * @property {number} [judged] how many pages are compared; all if not given
 * @property {number} mean largest mean difference from a judge, of 255
 * @property {number} most largest difference of one place from a judge
 * @property {string} [because] why not every judge is asked, or why more difference is allowed
 * @property {RegExp} [unless] the reason for which an older libvips does not serve it
 * @property {boolean} corners whether the corners have the colours that were drawn
 */
/** @typedef {{reason: RegExp}} Refused */
/**
 * @typedef {object} Entry
 * @property {string} name below the folder
 * @property {import('./makers.mjs').Maker} make
 * @property {Served | Refused} expected
 */

/** JPEG at quality 87 with halved colours is within this of what it was made of, seen at a quarter of the size. */
const NOISE = { mean: 1.5, most: 24 };
/** Converters of colours differ in how they round, and in what they make of a colour that sRGB does not have. */
export const PROFILED = { mean: 3, most: 30 };

/**
 * Why a judge is not asked.
 * @param {Judge[]} judges who are
 * @param {string} because
 */
export const judgedBy = (judges, because) => ({ judges, because });

/**
 * @param {string} name
 * @param {import('./makers.mjs').Maker} make
 * @param {Partial<Served>} [expected]
 * @returns {Entry}
 */
export function served(name, make, expected = {}) {
  return {
    name,
    make,
    expected: { pages: [SIZE], form: 'made', judges: ['ImageMagick', 'Pillow'], corners: true, ...NOISE, ...expected },
  };
}

/**
 * @param {string} name
 * @param {import('./makers.mjs').Maker} make
 * @param {RegExp} reason what the reason says
 * @returns {Entry}
 */
export function refused(name, make, reason) {
  return { name, make, expected: { reason } };
}
