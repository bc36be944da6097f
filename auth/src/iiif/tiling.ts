import { fits, type Dimensions, type Limits } from './geometry.ts';

/** Pixels. Cost on the image server is by area, and every tile is asked for: 512 is a quarter of the questions of 256. */
const TILE = 512;

export type Tiling = {
  readonly sizes: readonly Dimensions[];
  readonly tiles: readonly [Dimensions & { readonly scaleFactors: readonly number[] }];
};

/** `tiles` and `sizes` of an info.json: powers of two until the image is one tile; sizes smallest first, within the limits. */
export function tilingOf({ width, height }: Dimensions, limits: Limits): Tiling {
  const factors = scaleFactors({ width, height });
  const sizes = factors
    .map((factor) => ({ width: Math.ceil(width / factor), height: Math.ceil(height / factor) }))
    .filter((size) => fits(size, limits))
    .reverse();
  return { sizes, tiles: [{ width: TILE, height: TILE, scaleFactors: factors }] };
}

function scaleFactors({ width, height }: Dimensions): number[] {
  const factors = [1];
  for (let factor = 1; Math.max(width, height) / factor > TILE;) factors.push((factor *= 2));
  return factors;
}
