import { mustRun } from '../../../test-support/command.mjs';
import { judge } from './judge.mjs';

const SIDE = 1000;
const SQUARE = 100;

/**
 * Draws the validator's test picture, 1000 x 1000 pixels: squares of 100, each of its own colour. Without loss, a pyramid as
 * it is.
 * @param {string} file
 */
export async function drawSquares(file) {
  const [colours] = /** @type {[number[][][]]} */ (await judge(['squares']));
  const pixels = Buffer.alloc(SIDE * SIDE * 3);
  for (let y = 0, at = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1, at += 3) {
      pixels.set(colours[Math.floor(x / SQUARE)][Math.floor(y / SQUARE)], at);
    }
  }
  const input = Buffer.concat([Buffer.from(`P6 ${SIDE} ${SIDE} 255\n`), pixels]);
  const tiles = '[tile,pyramid,compression=deflate,tile-width=256,tile-height=256]';
  await mustRun('vips', ['copy', 'stdin', `${file}${tiles}`], { input });
}
