import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { randomFrom } from './random.ts';

/** Runs one of libvips's operations. Throws an error with what it said. */
export function vips(...parameters: string[]): void {
  execFileSync('vips', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** The pixels of a picture in a file, as they lie in a PPM or PGM. */
export type Pixels = { width: number; height: number; bands: number; bytes: Buffer };

/** Writes slopes of colour with noise on them: something of everything that JPEG has codes for. */
export function drawPicture(path: string, width: number, height: number): void {
  const random = randomFrom(width * height);
  const pixels = Buffer.alloc(3 * width * height);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const slope = 128 + 100 * Math.sin((x * (1 + (at % 3))) / 40) * Math.cos(y / (30 + 9 * (at % 3)));
    pixels[at] = Math.max(0, Math.min(255, slope + (x % 100 < 50 ? 60 * (random() - 0.5) : 0)));
  }
  writeFileSync(path, Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels]));
}

/** Reads what `vips` wrote as .ppm or .pgm, bytes of one sample each. */
export function readPixels(file: Buffer): Pixels {
  // Between the numbers there may be remarks.
  const head = /^P([56])\s(?:#.*\n)?\s*(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 200));
  if (!head) throw new Error(`no plain picture: ${file.toString('latin1', 0, 40)}`);
  const [width, height, bands] = [Number(head[2]), Number(head[3]), head[1] === '6' ? 3 : 1];
  return { width, height, bands, bytes: file.subarray(head[0].length) };
}

/** The largest difference of two pictures of the same size, at their upper left `width` x `height` pixels. */
export function largestDifference(one: Pixels, other: Pixels, width: number, height: number): number {
  if (one.bands !== other.bands) throw new Error(`${one.bands} and ${other.bands} samples`);
  let largest = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width * one.bands; x++) {
      const [a, b] = [one, other].map((each) => each.bytes[y * each.width * each.bands + x] ?? NaN) as [number, number];
      largest = Math.max(largest, Math.abs(a - b));
    }
  return largest;
}
