// A picture of a town on a river at dusk: two spires, a bridge, lit windows, and all of it again in the water.
import { Canvas } from './canvas.mjs';
import { blend, fractal, hash, noise, ramp } from './noise.mjs';

const width = 3000;
const height = 2000;
const shore = 1330;
const dark = [30, 24, 48];
const glow = [255, 206, 120];
const canvas = new Canvas(width, height);

canvas.shade((x, y) => {
  const at = y / shore;
  const sky =
    at < 0.55
      ? blend([28, 34, 92], [150, 78, 132], at / 0.55)
      : blend([150, 78, 132], [255, 182, 106], (at - 0.55) / 0.45);
  const cloud = ramp(0.48, 0.74, fractal(x / 620, y / 170, 17, 6)) * (1 - ramp(0.75, 1.05, at));
  const sun = Math.exp(-(((x - 930) / 520) ** 2) - ((y - 1230) / 330) ** 2);
  return blend(blend(sky, [255, 150, 120], cloud * 0.6), [255, 236, 190], sun * 0.8);
});
for (let index = 0; index < 260; index += 1) {
  canvas.disc(hash(index, 1, 2) * width, hash(index, 2, 2) * 620, 1.2 + 1.4 * hash(index, 3, 2), [255, 250, 235], 0.7);
}

/** @type {(x: number, seed: number, scale: number) => number} */
const hill = (x, seed, scale) => fractal(x / scale, 0.5, seed, 5);
for (const { seed, top, tall, scale, colour } of [
  { seed: 41, top: 1230, tall: 170, scale: 700, colour: [132, 84, 128] },
  { seed: 47, top: 1290, tall: 130, scale: 420, colour: [82, 56, 104] },
]) {
  for (let x = 0; x < width; x += 1) canvas.rectangle(x, top - hill(x, seed, scale) * tall, x + 1, shore, colour);
}

/**
 * A house with a gabled roof and windows, some of them lit.
 * @type {(left: number, wide: number, tall: number, index: number) => void}
 */
function house(left, wide, tall, index) {
  const top = shore - tall;
  const wall = blend(dark, [64, 46, 78], hash(index, 9, 4));
  canvas.rectangle(left, top, left + wide, shore, wall);
  canvas.polygon([left - 4, top, left + wide / 2, top - wide * 0.62, left + wide + 4, top], wall);
  for (let y = top + 14; y < shore - 30; y += 34) {
    for (let x = left + 12; x < left + wide - 16; x += 26) {
      if (hash(x | 0, y | 0, 8) > 0.45)
        canvas.rectangle(x, y, x + 11, y + 17, blend(glow, [255, 150, 80], hash(x | 0, y | 0, 6)), 0.9);
    }
  }
}

let edge = 0;
for (let index = 0; edge < width; index += 1) {
  const wide = 62 + 60 * hash(index, 1, 4);
  house(edge, wide, 70 + 130 * hash(index, 2, 4), index);
  edge += wide;
}

/**
 * A tower that tapers to a spire, with stepped storeys, pinnacles and pointed windows.
 * @type {(x: number, base: number, top: number) => void}
 */
function spire(x, base, top) {
  const tall = base - top;
  for (const [low, high, half] of [
    [0, 0.34, 92],
    [0.34, 0.52, 80],
    [0.52, 0.64, 66],
  ]) {
    canvas.rectangle(x - half, base - tall * high, x + half, base - tall * low, dark);
    for (const side of [-1, 1]) {
      const at = x + side * half;
      canvas.polygon([at - 10, base - tall * high, at, base - tall * (high + 0.09), at + 10, base - tall * high], dark);
    }
    for (const slit of [-0.5, 0, 0.5]) {
      const [middle, y] = [x + slit * half * 1.1, base - tall * (low + (high - low) * 0.78)];
      const bottom = base - tall * (low + (high - low) * 0.2);
      canvas.rectangle(middle - 8, y, middle + 8, bottom, glow, 0.75);
      canvas.polygon([middle - 8, y, middle, y - 26, middle + 8, y], glow, 0.75);
    }
  }
  canvas.polygon([x - 62, base - tall * 0.64, x, top, x + 62, base - tall * 0.64], dark);
  canvas.rectangle(x - 3, top - 40, x + 3, top + 20, dark);
  canvas.rectangle(x - 14, top - 24, x + 14, top - 18, dark);
}

spire(1760, shore, 330);
spire(1985, shore, 330);
canvas.rectangle(1700, 950, 2480, shore, dark);
canvas.polygon([2050, 950, 2090, 860, 2440, 860, 2500, 950], dark);
canvas.disc(1872, 1010, 46, glow, 0.85);
for (let spoke = 0; spoke < 12; spoke += 1) {
  const turn = (spoke * Math.PI) / 6;
  canvas.line(1872, 1010, 1872 + Math.cos(turn) * 46, 1010 + Math.sin(turn) * 46, 4, dark);
}
for (let x = 2130; x < 2470; x += 62) {
  canvas.rectangle(x, 1030, x + 22, 1240, glow, 0.8);
  canvas.polygon([x, 1030, x + 11, 990, x + 22, 1030], glow, 0.8);
}

// The bridge: three arches of iron over the left half of the river.
for (const start of [60, 520, 980]) {
  for (const [lift, thickness] of [
    [190, 14],
    [150, 8],
  ]) {
    for (let at = 0; at < 40; at += 1) {
      /** @type {(part: number) => number} */
      const y = (part) => 1262 - Math.sin((part / 40) * Math.PI) * lift;
      canvas.line(start + at * 11.5, y(at), start + (at + 1) * 11.5, y(at + 1), thickness, dark);
    }
  }
  for (let at = 2; at < 40; at += 2) {
    const lift = Math.sin((at / 40) * Math.PI) * 190;
    canvas.line(start + at * 11.5, 1262 - lift, start + at * 11.5, 1262, 5, dark);
  }
  canvas.rectangle(start - 22, 1240, start + 22, shore + 40, dark);
}
canvas.rectangle(0, 1256, 1490, 1280, dark);
for (let x = 40; x < 1480; x += 96) canvas.disc(x, 1240, 8, [255, 232, 170]);

const still = canvas.pixels.slice(0, shore * width * 3);
/** @type {(x: number, y: number) => Uint8ClampedArray} */
const pixel = (x, y) => still.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
canvas.shade((x, y) => {
  if (y < shore) return pixel(x, y);
  const deep = (y - shore) / (height - shore);
  const wave = noise(x / (90 + 220 * deep), y / (5 + 16 * deep), 61) - 0.5;
  const sway = Math.round(wave * (16 + 60 * deep));
  const from = Math.max(0, Math.round(shore - (y - shore) * 1.75 + wave * 70 * deep) - 1);
  const mirrored = pixel(Math.min(width - 1, Math.max(0, x + sway)), Math.min(shore - 1, from));
  return blend(mirrored, [24, 28, 70], 0.22 + deep * 0.3 - wave * 0.18);
});
process.stdout.write(canvas.ppm());
