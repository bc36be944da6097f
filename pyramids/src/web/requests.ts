import { z } from 'zod';
import type { TileOfPyramid } from './service.ts';

/** As auth names a file; the path is below the folder of the masters, and stays there. */
const master = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  path: z
    .string()
    .min(1)
    .max(4096)
    .refine((path) => !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part))),
  state: z.string().regex(/^-?\d{1,20} -?\d{1,20} \d{1,20} \d{1,20}$/),
});

/** The body of `POST /facts`. */
export const factsRequest = z.strictObject({
  masters: z.array(master).max(20_000),
  wish: z.enum(['folder', 'sweep', 'none']),
});

/** The body of `POST /ready`. */
export const readyRequest = z.strictObject({
  master,
  page: z.int().min(0).max(999_999),
  seconds: z.number().min(0).max(30),
});

const tile =
  /^\/tiles\/(?<source>[0-9a-f]{2}\/[0-9a-f]{62}-\d{1,6}\.tif)\/(?<level>\d{1,2})\/(?<column>\d{1,7}),(?<row>\d{1,7})\/(?<width>\d{1,5}),(?<height>\d{1,5})$/;

/** @returns the tile that an address asks for; undefined if it is no address of a tile */
export function tileOf(address: string): TileOfPyramid | undefined {
  const found = tile.exec(address)?.groups;
  if (found === undefined) return undefined;
  const number = (name: string): number => Number(found[name]);
  const [width, height] = [number('width'), number('height')];
  if (width === 0 || height === 0) return undefined;
  return {
    source: found['source'] ?? '',
    level: number('level'),
    column: number('column'),
    row: number('row'),
    width,
    height,
  };
}
