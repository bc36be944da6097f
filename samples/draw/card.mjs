// A card in a glass case, with a word on it that is seen from afar: which picture it is, and that it is all there.
// Usage: card.mjs WORD HUE (in turns, 0 to 1)
import { Canvas } from './canvas.mjs';
import { blend } from './noise.mjs';

const [word, turn] = [process.argv[2], Number(process.argv[3])];
const [width, height] = [900, 600];
const canvas = new Canvas(width, height);

/**
 * A soft colour of the hue; `light` from 0 to 1.
 * @param {number} light
 */
function tint(light) {
  /** @type {(shift: number) => number} */
  const part = (shift) => Math.min(1, Math.max(0, Math.abs(((((turn + shift) % 1) * 6 + 6) % 6) - 3) - 1));
  const pure = [part(0), part(2 / 3), part(1 / 3)].map((value) => 60 + 130 * value);
  return light < 0.5 ? blend([16, 20, 28], pure, light * 2) : blend(pure, [252, 250, 245], light * 2 - 1);
}

// The wall, with light from above; the case on it; the card in the case.
canvas.shade((x, y) => tint(0.3 + 0.12 * (1 - y / height) - 0.08 * Math.abs(x / width - 0.5)));
canvas.rectangle(52, 52, 848, 548, tint(0.16));
canvas.rectangle(61, 61, 839, 539, tint(0.82));
canvas.rectangle(112, 142, 797, 466, tint(0.6), 0.5);
canvas.rectangle(105, 135, 788, 457, tint(0.97));
canvas.line(128, 158, 765, 158, 3, tint(0.55));
canvas.line(128, 434, 765, 434, 3, tint(0.55));
canvas.write(446, 225, Math.min(19, Math.floor(600 / (word.length * 6))), word, tint(0.24));
canvas.write(446, 395, 3, 'VITRINE DEMONSTRATION', tint(0.4));
// Reflections of the glass.
canvas.polygon([570, 61, 675, 61, 465, 539, 360, 539], [255, 255, 255], 0.16);
canvas.polygon([698, 61, 724, 61, 514, 539, 488, 539], [255, 255, 255], 0.16);
// Lines of one pixel: seen in the full image, grey in a smaller one.
for (let x = 75; x < 120; x += 2) canvas.rectangle(x, 495, x + 1, 525, tint(0.1));

process.stdout.write(canvas.ppm());
