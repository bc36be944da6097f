import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { make, type Outcome } from '../../src/making/make.ts';
import type { PageSource } from '../../src/shared/source.ts';
import type { Colour } from './quarters.ts';

let top = '';

/** Makes a folder for the files of a test file; it is gone when that ends. */
export function useFolder(): void {
  beforeAll(() => {
    top = mkdtempSync(join(tmpdir(), 'vitrine-make-'));
  });
  afterAll(() => {
    rmSync(top, { recursive: true });
  });
}

export const folder = (): string => top;

let counter = 0;
export const newName = (): string => `n${(counter += 1)}`;

export function file(content: Buffer | string, ending = ''): string {
  const path = join(folder(), `${newName()}${ending}`);
  writeFileSync(path, content);
  return path;
}

/** Of a TIFF, something else: `.png`, `.jpg[Q=100]`, … */
export function converted(content: Buffer, ending: string): string {
  const path = join(folder(), newName());
  execFileSync('vips', ['copy', file(content, '.tif'), path + ending], { stdio: 'pipe' });
  return path + ending.replace(/\[.*/, '');
}

export async function madeOf(
  path: string,
  source: PageSource,
  signal = new AbortController().signal,
): Promise<Outcome> {
  const fd = openSync(path, 'r');
  const task = { source, fd, scratch: folder(), name: newName(), niceness: 0, signal };
  const outcome = await make(task, { quality: 95, dotsPerInch: 72 });
  closeSync(fd);
  return outcome;
}

/** The colours in the middle of the quarters of what was made. */
export async function coloursOf(path: string, source: PageSource): Promise<Colour[]> {
  const outcome = await madeOf(path, source);
  if (outcome.kind !== 'made') throw new Error(JSON.stringify(outcome));
  // libvips 8.16 reads no tile that is much larger than the picture.
  const flat = `${outcome.path}.flat.tif`;
  execFileSync('tiffcp', ['-c', 'none', '-s', `${outcome.path},0`, flat]);
  const [width, height] = source.orientation >= 5 ? [source.height, source.width] : [source.width, source.height];
  const points = [
    [1, 1],
    [3, 1],
    [1, 3],
    [3, 3],
  ].map(([x = 0, y = 0]) => [(x * width) / 4, (y * height) / 4]);
  return points.map(([x = 0, y = 0]) =>
    execFileSync('vips', ['getpoint', flat, String(Math.floor(x)), String(Math.floor(y))])
      .toString()
      .trim()
      .split(/\s+/)
      .map(Number),
  );
}

export function expectNear(found: readonly Colour[], wanted: readonly Colour[], most = 4): void {
  const far = found.flatMap((colour, n) =>
    colour.map((value, sample) => Math.abs(value - (wanted[n]?.[sample] ?? -999))),
  );
  expect(Math.max(...far), JSON.stringify({ found, wanted })).toBeLessThanOrEqual(most);
  expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length));
}
