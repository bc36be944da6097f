// A page of a manuscript in a script that nobody can read: parchment, ruled lines, a painted initial, a border of leaves.
import { Canvas } from './canvas.mjs';
import { blend, fractal, hash, ramp } from './noise.mjs';

/** @import { Colour, Point } from './canvas.mjs' */

const width = 2000;
const height = 2800;
const ink = [62, 42, 30];
const [red, blue, gold, green] = [
  [168, 44, 36],
  [34, 70, 142],
  [214, 168, 62],
  [58, 112, 72],
];
const canvas = new Canvas(width, height);

canvas.shade((x, y) => {
  const fibre = fractal(x / 300, y / 300, 5, 6);
  const stain = ramp(0.55, 0.8, fractal(x / 520, y / 520, 15, 4));
  const edge = Math.min(x, y, width - x, height - y) + (fractal(x / 60, y / 60, 25, 3) - 0.5) * 60;
  const paper = blend([238, 222, 184], [222, 198, 150], fibre);
  return blend(blend(paper, [196, 160, 104], stain * 0.4), [142, 104, 62], (1 - ramp(0, 170, edge)) * 0.55);
});

/**
 * A stroke of the pen: thick downwards, thin across.
 * @type {(x1: number, y1: number, x2: number, y2: number, colour: Colour) => void}
 */
function pen(x1, y1, x2, y2, colour) {
  const down = Math.abs(y2 - y1) / (Math.hypot(x2 - x1, y2 - y1) || 1);
  canvas.line(x1, y1, x2, y2, 3 + 6 * down, colour, 0.88);
}

/**
 * One letter of the invented script, 38 pixels wide; `kind` picks its strokes.
 * @type {(x: number, y: number, kind: number, colour: Colour) => void}
 */
function letter(x, y, kind, colour) {
  const tall = 44;
  if (kind & 1) pen(x, y - tall, x, y, colour);
  if (kind & 2) pen(x + 20, y - tall, x + 22, y, colour);
  if (kind & 4) pen(x, y - tall, x + 20, y - tall + 10, colour);
  if (kind & 8) pen(x, y - 4, x + 20, y - 14, colour);
  if (kind & 16) pen(x + 10, y - tall * 1.75, x + 8, y - 6, colour);
  if (kind & 32) pen(x + 20, y, x + 8, y + 26, colour);
  if ((kind & 3) === 0) canvas.ring(x + 11, y - tall / 2, 14, 7, colour, 0.88);
}

/**
 * Lines of words in a column; a word in nine is red.
 * @type {(left: number, right: number, top: number, bottom: number) => void}
 */
function lines(left, right, top, bottom) {
  for (let y = top, row = 0; y < bottom; y += 98, row += 1) {
    canvas.line(left - 20, y + 6, right + 20, y + 6, 2, [150, 110, 90], 0.4);
    for (let x = left, word = 0; x < right - 60; word += 1) {
      const colour = hash(word, row, 31) > 0.89 ? red : ink;
      const length = 2 + Math.floor(hash(word, row, 32) * 6);
      for (let index = 0; index < length && x < right - 24; index += 1, x += 36) {
        letter(x, y, 1 + Math.floor(hash(word * 10 + index, row, 33) * 63), colour);
      }
      x += 30;
    }
  }
}

/**
 * A winding branch with leaves and berries from one point to another.
 * @type {(x1: number, y1: number, x2: number, y2: number, bow: number) => void}
 */
function branch(x1, y1, x2, y2, bow) {
  const steps = 120;
  const [dx, dy] = [(x2 - x1) / steps, (y2 - y1) / steps];
  const length = Math.hypot(dx, dy);
  /** @type {(step: number) => Point} */
  const at = (step) => {
    const swing = Math.sin((step / steps) * Math.PI * 6) * bow;
    return [x1 + dx * step - (dy / length) * swing, y1 + dy * step + (dx / length) * swing];
  };
  for (let step = 0; step < steps; step += 1) canvas.line(...at(step), ...at(step + 1), 7, green);
  for (let step = 4; step < steps; step += 5) {
    const [x, y] = at(step);
    const side = step % 2 === 0 ? 1 : -1;
    const [ox, oy] = [(-dy / length) * side, (dx / length) * side];
    /** @type {Point} */
    const tip = [x + ox * 58 + dx * 2, y + oy * 58 + dy * 2];
    canvas.line(x, y, ...tip, 5, green);
    if (step % 3 === 0) {
      for (let petal = 0; petal < 6; petal += 1) {
        const turn = (petal * Math.PI) / 3;
        canvas.disc(tip[0] + Math.cos(turn) * 13, tip[1] + Math.sin(turn) * 13, 10, step % 2 ? red : blue);
      }
      canvas.disc(...tip, 9, gold);
    } else {
      canvas.disc(...tip, 15, step % 4 === 0 ? gold : green);
      canvas.disc(tip[0] - 4, tip[1] - 4, 5, [255, 244, 200], 0.7);
    }
  }
}

lines(910, 1680, 420, 820);
lines(400, 1680, 910, 2460);
branch(220, 300, 220, 2560, 34);
branch(330, 200, 1740, 200, 30);
branch(330, 2610, 1740, 2610, 30);
branch(1810, 300, 1810, 2560, 34);

canvas.rectangle(380, 330, 860, 812, gold);
canvas.rectangle(396, 346, 844, 796, blue);
for (let row = 0; row < 9; row += 1) {
  for (let column = 0; column < 9; column += 1) {
    canvas.disc(422 + column * 50, 372 + row * 50, 7, (row + column) % 2 ? [120, 160, 220] : gold, 0.9);
  }
}
canvas.polygon([430, 390, 520, 390, 640, 690, 590, 770], red);
canvas.polygon([730, 390, 810, 390, 650, 770, 590, 770], red);
canvas.polygon([452, 400, 500, 400, 626, 700, 604, 740], gold, 0.45);
canvas.write(1000, 2712, 5, 'FOLIO 10', ink, 0.8);
process.stdout.write(canvas.ppm());
