// Repeatable noise: the same numbers on every machine, so that the pictures
// can be made again and compared. Integer arithmetic only, no Math.random.

/** @import { Colour } from './canvas.mjs' */

/**
 * A repeatable number in [0, 1) for a point of the integer grid.
 * @type {(x: number, y: number, seed: number) => number}
 */
export function hash(x, y, seed) {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 974634777);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/**
 * Smooth noise in [0, 1): the grid's numbers, blended between its points.
 * @type {(x: number, y: number, seed: number) => number}
 */
export function noise(x, y, seed) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const across = dx * dx * (3 - 2 * dx);
  const down = dy * dy * (3 - 2 * dy);
  const upper = mix(hash(left, top, seed), hash(left + 1, top, seed), across);
  const lower = mix(hash(left, top + 1, seed), hash(left + 1, top + 1, seed), across);
  return mix(upper, lower, down);
}

/**
 * Noise of several octaves, in [0, 1): what mountains and clouds are made of.
 * @type {(x: number, y: number, seed: number, octaves: number) => number}
 */
export function fractal(x, y, seed, octaves) {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += weight * noise(x, y, seed + octave);
    total += weight;
    weight *= 0.5;
    x *= 2;
    y *= 2;
  }
  return sum / total;
}

/**
 * From a (at 0) to b (at 1).
 * @type {(a: number, b: number, at: number) => number}
 */
export const mix = (a, b, at) => a + (b - a) * at;

/**
 * 0 below `low`, 1 above `high`, smooth between them.
 * @type {(low: number, high: number, value: number) => number}
 */
export function ramp(low, high, value) {
  const at = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return at * at * (3 - 2 * at);
}

/**
 * From colour a (at 0) to colour b (at 1).
 * @type {(a: Colour, b: Colour, at: number) => number[]}
 */
export const blend = (a, b, at) => [mix(a[0], b[0], at), mix(a[1], b[1], at), mix(a[2], b[2], at)];
