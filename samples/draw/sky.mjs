// A chart of a night sky that nobody has seen: milky way, stars, constellations.
import { Canvas } from './canvas.mjs';
import { blend, fractal, hash, ramp } from './noise.mjs';

/** @import { Colour, Point } from './canvas.mjs' */

const width = 2800;
const height = 2000;
const gold = [226, 196, 128];
const canvas = new Canvas(width, height);

canvas.shade((x, y) => {
  const bend = fractal(x / 700, y / 700, 3, 3);
  const across = (y - height * 0.55 + (x - width / 2) * 0.42) / 430 + (bend - 0.5) * 1.6;
  const band = Math.exp(-across * across);
  const cloud = fractal(x / 420 + bend, y / 420 - bend, 11, 6);
  const dust = ramp(0.42, 0.62, fractal(x / 300 + 9, y / 300 + bend * 2, 31, 5)) * band;
  const glow = band * (0.25 + cloud * 0.9) * (1 - dust * 0.75);
  const warm = blend([92, 110, 190], [236, 190, 170], ramp(0.35, 0.75, cloud));
  return blend(blend([8, 12, 38], [18, 34, 78], y / height), warm, Math.min(0.85, glow * 0.62));
});

/** @type {Point} */
const centre = [width / 2, height / 2];
for (let radius = 240; radius < 1800; radius += 240) canvas.ring(...centre, radius, 2, gold, 0.3);
for (let spoke = 0; spoke < 24; spoke += 1) {
  const turn = (spoke * Math.PI) / 12;
  const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
  canvas.line(centre[0] + dx * 240, centre[1] + dy * 240, centre[0] + dx * 1750, centre[1] + dy * 1750, 2, gold, 0.22);
}

/**
 * A star with its halo; the brightest have rays.
 * @type {(x: number, y: number, size: number, colour: Colour) => void}
 */
function star(x, y, size, colour) {
  const halo = size * 5;
  for (let py = Math.floor(y - halo); py <= y + halo; py += 1) {
    for (let px = Math.floor(x - halo); px <= x + halo; px += 1) {
      const far = Math.hypot(px - x, py - y) / size;
      canvas.dab(px, py, colour, Math.min(1, Math.exp(-far * far * 1.4) * 1.3 + 0.24 * Math.exp(-far)));
    }
  }
  if (size < 7) return;
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
  ])
    canvas.line(x - dx * size * 5, y - dy * size * 5, x + dx * size * 5, y + dy * size * 5, 2, colour, 0.5);
}

const tints = [
  [255, 255, 255],
  [200, 216, 255],
  [255, 226, 190],
  [255, 200, 170],
];
for (let index = 0; index < 2600; index += 1) {
  const size = 1 + 5 * hash(index, 3, 5) ** 9 + 0.8 * hash(index, 4, 5);
  star(hash(index, 1, 5) * width, hash(index, 2, 5) * height, size, tints[Math.floor(hash(index, 5, 5) * 4)]);
}

/** @type {[name: string, points: Point[]][]} */
const constellations = [
  [
    'FRAME',
    [
      [380, 330],
      [700, 260],
      [960, 420],
      [880, 700],
      [520, 720],
      [380, 330],
    ],
  ],
  [
    'KEY',
    [
      [1750, 300],
      [1950, 220],
      [2080, 380],
      [1900, 480],
      [1750, 300],
      [1520, 610],
      [1600, 690],
    ],
  ],
  [
    'LENS',
    [
      [2200, 1000],
      [2480, 980],
      [2570, 1220],
      [2370, 1380],
      [2160, 1250],
      [2200, 1000],
    ],
  ],
  [
    'QUILL',
    [
      [420, 1280],
      [640, 1420],
      [900, 1500],
      [1080, 1700],
      [760, 1660],
      [640, 1420],
    ],
  ],
  [
    'LADDER',
    [
      [1500, 1080],
      [1620, 1330],
      [1740, 1580],
      [1960, 1520],
      [1840, 1270],
      [1720, 1020],
    ],
  ],
];
for (const [name, points] of constellations) {
  for (const [index, point] of points.slice(1).entries()) canvas.line(...points[index], ...point, 3, gold, 0.75);
  for (const [index, [x, y]] of points.entries()) star(x, y, 7 + (index % 3) * 2, [255, 246, 220]);
  canvas.write(points[0][0] - 20, points[0][1] - 110, 5, name, gold, 0.9);
}
canvas.ring(...centre, 66, 3, gold, 0.8);
canvas.write(centre[0], centre[1] - 10, 3, 'POLE', gold, 0.9);
process.stdout.write(canvas.ppm());
