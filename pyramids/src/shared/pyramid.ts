import type { Dimensions } from './dimensions.ts';
import type { Pyramid } from './facts.ts';

/** Side of a tile, pixels. */
export const TILE = 512;
/** Pixels of a block of JPEG with halved colours: what is cut at its edge is cut without decoding. */
const BLOCK = 16;

/**
 * The pyramid that is made of a picture: each level half the one above, down to one tile. The picture is continued to
 * the right and below with copies of its last pixels until each level is whole blocks of JPEG; so level k holds the whole
 * picture, rounded up as the Image API wants it, a pixel of it is exactly 2^k pixels of the picture, and nothing
 * strange lies beside its edge.
 */
export function pyramidOf({ width, height }: Dimensions): Pyramid {
  let halvings = 0;
  while (Math.ceil(Math.max(width, height) / 2 ** halvings) > TILE) halvings += 1;
  const unit = BLOCK * 2 ** halvings;
  const [across, down] = [Math.ceil(width / unit) * unit, Math.ceil(height / unit) * unit];
  const levels = Array.from({ length: halvings + 1 }, (_, k) => ({ width: across / 2 ** k, height: down / 2 ** k }));
  return { tile: { width: TILE, height: TILE }, levels, native: true };
}

/** Pixels of the longer side that a reduced copy has at least: as large as the overviews that viewers begin with. */
const REDUCED = 1024;

/**
 * The level of which a reduced copy is kept for an image server that draws everything from the largest one, and the
 * pixels that it has of the picture; undefined where that is no less than the picture itself.
 */
export function reducedOf(picture: Dimensions, { levels }: Pick<Pyramid, 'levels'>): ReducedLevel | undefined {
  const level = levels.findLastIndex(({ width, height }) => Math.max(width, height) >= REDUCED);
  const stored = levels[level];
  if (level < 1 || stored === undefined) return undefined;
  const width = Math.min(Math.ceil(picture.width / 2 ** level), stored.width);
  const height = Math.min(Math.ceil(picture.height / 2 ** level), stored.height);
  return { level, width, height };
}

type ReducedLevel = Dimensions & { readonly level: number };
