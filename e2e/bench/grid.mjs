import { mustRun } from '../../test-support/command.mjs';

/** Of a tile, pixels. */
export const SIDE = 512;

/** @typedef {{column: number, row: number}} Place of a tile */

/**
 * How many whole tiles it has.
 * @param {string} file
 */
export async function gridOf(file) {
  const count = async (/** @type {string} */ side) =>
    Math.floor(Number(await mustRun('vipsheader', ['-f', side, file])) / SIDE);
  return { across: await count('width'), down: await count('height') };
}

/**
 * A tile; without its first column and row it is none that is stored, and has to be rendered.
 * @param {Place} place
 */
export function regionOf({ column, row }, without = 0) {
  const side = SIDE - without;
  return `${column * SIDE + without},${row * SIDE + without},${side},${side}/${side},${side}/0/default.jpg`;
}
