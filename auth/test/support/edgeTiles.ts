import type { Dimensions, Rectangle } from '../../src/iiif/geometry.ts';
import type { Pyramid } from '../../src/iiif/pyramid.ts';
import { tilingOf } from '../../src/iiif/tiling.ts';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';

export const LIMITS = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
export type Asked = { readonly region: Rectangle; readonly size: Dimensions };

/** The tiles of the last row and column at every scale, as viewers of both versions of the Image API ask for them. */
export function* edgeTiles(image: Dimensions, pyramid: Pyramid = pyramidOf(image), smallest = 1): Generator<Asked> {
  const { width, height } = image;
  const [{ width: side, scaleFactors }] = tilingOf(image, pyramid, { ...LIMITS, smallest }).tiles;
  for (const factor of scaleFactors) {
    const step = side * factor;
    const columns = Math.ceil(width / step);
    const rows = Math.ceil(height / step);
    for (let tile = 0; tile < columns + rows - 1; tile += 1) {
      const x = Math.min(tile, columns - 1) * step;
      const y = tile < columns ? (rows - 1) * step : (tile - columns) * step;
      const region = { x, y, width: Math.min(step, width - x), height: Math.min(step, height - y) };
      const exact = { width: Math.ceil(region.width / factor), height: Math.ceil(region.height / factor) };
      yield { region, size: exact };
      const kept = Math.max(1, Math.round((exact.width * region.height) / region.width)); // `w,`
      yield { region, size: { width: exact.width, height: kept } };
    }
  }
}

/** Levels of a pyramid down to one tile of so many pixels. */
export function levelsOf({ width, height }: Dimensions, tile: number): number {
  let levels = 1;
  for (let side = Math.max(width, height); side > tile; levels += 1) side = Math.floor(side / 2);
  return levels;
}
