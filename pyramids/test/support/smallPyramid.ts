import { makeJpeg } from './makeJpeg.ts';
import { directoryOf, writeTiff } from './tiff.ts';

/** Side of its tiles, pixels. */
export const SIDE = 64;

/** A pyramid of one level, 100 x 48 pixels: two tiles, with something else in them for each seed. */
export function smallPyramid(seed = 1): Buffer {
  const sampling = [
    [2, 2],
    [1, 1],
    [1, 1],
  ] as const;
  const shape = { width: SIDE, height: SIDE, sampling, restart: 0, tight: false };
  const tiles = [seed, seed + 1].map((number) => makeJpeg({ ...shape, seed: number }));
  return writeTiff([{ tags: directoryOf({ width: 100, height: 48 }, SIDE), tile: tiles }]);
}
