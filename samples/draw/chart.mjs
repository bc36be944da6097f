// A chart for looking closely: colours, greys, a star of spokes, line pairs down to single pixels, corner marks.
import { Canvas } from './canvas.mjs';
import { blend } from './noise.mjs';

const width = 2400;
const height = 1600;
const [black, white] = [
  [20, 20, 20],
  [250, 250, 250],
];
const canvas = new Canvas(width, height);

/**
 * A colour by hue in turns (0 to 1), at full strength.
 * @param {number} turn
 */
function hue(turn) {
  /** @type {(shift: number) => number} */
  const part = (shift) => 255 * Math.min(1, Math.max(0, Math.abs(((((turn + shift) % 1) * 6 + 6) % 6) - 3) - 1));
  return [part(0), part(2 / 3), part(1 / 3)];
}

canvas.shade(() => [228, 226, 220]);
for (let row = 0; row < 6; row += 1) {
  for (let column = 0; column < 12; column += 1) {
    const pure = hue(column / 12);
    const colour = row < 3 ? blend(white, pure, (row + 1) / 3) : blend(pure, black, (row - 2) / 4);
    const [x, y] = [110 + column * 126, 210 + row * 126];
    canvas.rectangle(x, y, x + 114, y + 114, colour);
  }
}
for (let step = 0; step < 21; step += 1) {
  canvas.rectangle(110 + step * 71.5, 1010, 110 + (step + 1) * 71.5, 1130, blend(black, white, step / 20));
}

const [middle, centre, radius] = [2000, 560, 300];
canvas.fill(
  middle - radius - 2,
  centre - radius - 2,
  middle + radius + 2,
  centre + radius + 2,
  (x, y) => Math.hypot(x - middle, y - centre) - radius,
  white,
);
for (let spoke = 0; spoke < 36; spoke += 1) {
  const turn = (spoke * Math.PI) / 18;
  /** @type {(angle: number) => number[]} */
  const corner = (angle) => [middle + Math.cos(angle) * radius, centre + Math.sin(angle) * radius];
  canvas.polygon([middle, centre, ...corner(turn), ...corner(turn + Math.PI / 36)], black);
}
for (const [index, gap] of [1, 2, 3, 4, 6, 8, 12, 16].entries()) {
  const left = 110 + index * 275;
  for (let at = 0; at < 230; at += gap * 2) canvas.rectangle(left + at, 1230, left + at + gap, 1400, black);
  canvas.write(left + 115, 1425, 4, String(gap), black);
}
for (let y = 940; y < 1140; y += 1) {
  for (let x = 1700; x < 2300; x += 1) canvas.dab(x, y, blend(white, hue((x - 1700) / 600), (y - 940) / 200), 1);
}

canvas.write(1200, 80, 9, 'COLOURS AND LINES', black);
canvas.write(1200, 1500, 4, '2400 1600', black);
for (const [x, y] of [
  [40, 40],
  [width - 40, 40],
  [40, height - 40],
  [width - 40, height - 40],
]) {
  canvas.ring(x, y, 24, 4, black);
  canvas.line(x - 36, y, x + 36, y, 3, black);
  canvas.line(x, y - 36, x, y + 36, 3, black);
}
process.stdout.write(canvas.ppm());
