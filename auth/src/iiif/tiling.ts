import { fits, type Dimensions, type Limits } from './geometry.ts';
import { sizeAt, type Pyramid } from './pyramid.ts';

/** Pixels. The side of the tiles of a pyramid that is made, whose last level is one tile. */
const TILE = 512;

export type Tiling = {
  readonly sizes: readonly Dimensions[];
  readonly tiles: readonly [Dimensions & { readonly scaleFactors: readonly number[] }];
};

/**
 * `tiles` and `sizes` of an info.json: exactly those of the pyramid, so that viewers ask for nothing else; sizes smallest
 * first, within the limits. Where tiles are rendered, no tile and no size has fewer pixels on a side than `limits` say is
 * possible, whether a viewer rounds it or not.
 */
export function tilingOf(picture: Dimensions, pyramid: Pyramid, limits: Limits): Tiling {
  const smallest = pyramid.native ? 1 : (limits.smallest ?? 1);
  const held = [...pyramid.levels.keys()].map((level) => sizeAt(picture, pyramid, level));
  const sizes = held.filter((size) => fits(size, limits) && Math.min(size.width, size.height) >= smallest).reverse();
  if (smallest === 1) return { sizes, tiles: [{ ...pyramid.tile, scaleFactors: held.map((_, level) => 2 ** level) }] };
  // A pixel of a tile is no more than the whole shorter side: image servers find nothing there.
  const most = Math.min(picture.width, picture.height) / (smallest - 0.5);
  const scaleFactors = held.map((_, level) => 2 ** level).filter((factor) => factor === 1 || factor <= most);
  const side = sideWithoutSlivers(picture, scaleFactors, smallest);
  return { sizes, tiles: [{ width: side, height: side, scaleFactors }] };
}

/**
 * Of a picture of which the size alone is known, the smallest of the sizes of its pyramid with at least `side` pixels on
 * the longer side, or else its largest. Of pyramids that are made every size is so; others may have a pixel less.
 */
export function sizeNear(picture: Dimensions, limits: Limits, side: number): Dimensions | undefined {
  const sizes = halvesOf(picture).filter(
    (size) => fits(size, limits) && Math.min(size.width, size.height) >= (limits.smallest ?? 1),
  );
  return sizes.find(({ width, height }) => Math.max(width, height) >= side) ?? sizes.at(-1);
}

/** The side of a tile: the first one that leaves no sliver in the last row or column, at whatever scale. */
function sideWithoutSlivers({ width, height }: Dimensions, factors: readonly number[], smallest: number): number {
  const isSliver = (rest: number): boolean => Math.round(rest) < smallest;
  for (let side = TILE; side > TILE / 2; side -= 1) {
    const slivers = factors.some((factor) =>
      [width, height].some((length) => isSliver((((length - 1) % (side * factor)) + 1) / factor)),
    );
    if (!slivers) return side;
  }
  return TILE;
}

/** Smallest first. */
function halvesOf({ width, height }: Dimensions): Dimensions[] {
  const sizes = [{ width, height }];
  for (let factor = 1; Math.max(width, height) / factor > TILE;) {
    factor *= 2;
    sizes.unshift({ width: Math.ceil(width / factor), height: Math.ceil(height / factor) });
  }
  return sizes;
}
