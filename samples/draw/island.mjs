// A map of an island that does not exist: relief, contour lines, a compass rose.
import { Canvas } from './canvas.mjs';
import { frame, ink, rose } from './mapFurniture.mjs';
import { blend, fractal, ramp } from './noise.mjs';

const width = 4000;
const height = 3000;
const margin = 130;
/** @typedef {[at: number, colour: number[]][]} Scale colours by height or depth, 0 to 1 */

/** @type {Scale} */
const land = [
  [0, [214, 203, 150]],
  [0.05, [150, 178, 104]],
  [0.22, [96, 146, 86]],
  [0.42, [196, 180, 112]],
  [0.62, [166, 122, 82]],
  [0.82, [148, 132, 126]],
  [1, [250, 250, 252]],
];
/** @type {Scale} */
const sea = [
  [0, [168, 214, 214]],
  [0.2, [112, 182, 200]],
  [0.5, [64, 138, 176]],
  [1, [34, 88, 138]],
];

/**
 * Height of the ground, 0 at the shore, 1 on the peak; negative under water.
 * @type {(x: number, y: number) => number}
 */
function ground(x, y) {
  const u = x / 760;
  const v = y / 760;
  const bend = fractal(u * 0.8, v * 0.8, 7, 3) * 1.7;
  const rough = fractal(u + bend, v + bend * 0.6, 21, 9);
  const away = Math.hypot((x - width * 0.47) / (width * 0.41), (y - height * 0.5) / (height * 0.43));
  return (rough * 1.55 - 0.28 - away * away * 0.72) * 1.25;
}

/** @type {(scale: Scale, at: number) => number[]} */
function tint(scale, at) {
  for (let index = 1; index < scale.length; index += 1) {
    const [low, below] = scale[index - 1];
    const [high, above] = scale[index];
    if (at <= high) return blend(below, above, (at - low) / (high - low));
  }
  return scale[scale.length - 1][1];
}

const canvas = new Canvas(width, height);
const heights = new Float32Array(width * height);
for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) heights[y * width + x] = ground(x, y);
/** @type {(x: number, y: number) => number} */
const level = (x, y) => heights[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))];

canvas.shade((x, y) => {
  const here = level(x, y);
  const slope = level(x + 2, y + 2) - level(x - 2, y - 2);
  if (here < 0) {
    const depth = Math.min(1, -here * 1.1);
    const ripple = Math.abs(((-here * 16) % 1) - 0.5) < 0.035 / (0.3 + depth) && depth < 0.45 ? 12 : 0;
    return tint(sea, depth).map((part) => part + ripple);
  }
  const light = Math.min(1.35, Math.max(0.5, 1 + slope * 26));
  const step = here * 22;
  const steepness = Math.hypot(level(x + 1, y) - level(x - 1, y), level(x, y + 1) - level(x, y - 1)) * 11;
  const offset = Math.abs(step - Math.round(step)) / Math.max(steepness, 1e-6);
  const contour = Math.round(step) > 0 ? (1 - ramp(0.5, 1.5, offset)) * (Math.round(step) % 5 === 0 ? 0.55 : 0.25) : 0;
  const shore = 1 - ramp(0, 0.008, here);
  return blend(
    tint(land, here * 1.45).map((part) => part * light),
    ink,
    Math.max(contour, shore * 0.7),
  );
});

for (let at = 500; at < width; at += 500) canvas.line(at, margin, at, height - margin, 2, [255, 255, 255], 0.28);
for (let at = 500; at < height; at += 500) canvas.line(margin, at, width - margin, at, 2, [255, 255, 255], 0.28);

rose(canvas, 3480, 2350, 240);
canvas.rectangle(2660, 250, 3790, 560, [244, 236, 214], 0.88);
for (const inset of [14, 26]) {
  const [left, top, right, bottom] = [2660 + inset, 250 + inset, 3790 - inset, 560 - inset];
  for (const [x1, y1, x2, y2] of [
    [left, top, right, top],
    [right, top, right, bottom],
    [right, bottom, left, bottom],
    [left, bottom, left, top],
  ])
    canvas.line(x1, y1, x2, y2, 3, ink);
}
canvas.write(3225, 335, 12, 'VITRINE ISLAND', [150, 44, 40]);
canvas.write(3225, 460, 4, 'A MAP OF NOWHERE - DRAWN BY A PROGRAM', ink);
frame(canvas, margin);
process.stdout.write(canvas.ppm());
