import type { LoginService } from '../auth1/services.ts';
import { fits, type Dimensions, type Limits } from '../geometry.ts';
import { IMAGE_2_CONTEXT, IMAGE_2_LEVEL_1, IMAGE_PROTOCOL } from '../names.ts';

/** Pixels. Cost on the image server is by area, and every tile is asked for: 512 is a quarter of the questions of 256. */
const TILE = 512;

/**
 * What every image server here can do beyond level 1. Level 2 but for PNG, which iipsrv 1.1 does not write: the document
 * is the same whichever image server is in use, so it claims what all of them do.
 */
const SUPPORTS = [
  'mirroring',
  'regionByPct',
  'regionSquare',
  'rotationBy90s',
  'sizeAboveFull',
  'sizeByConfinedWh',
  'sizeByDistortedWh',
  'sizeByPct',
  'sizeByWh',
];

export type InfoInput = Dimensions & {
  /** Public address of the image without `/info.json`, as it was asked for: viewers compare the two. */
  readonly id: string;
  readonly limits: Limits;
  /** Set where the image is not open to everybody. */
  readonly service: LoginService | undefined;
};

/** info.json, Image API 2.1, section 5. */
export function imageInfo({ id, width, height, limits, service }: InfoInput) {
  const factors = scaleFactors({ width, height });
  return {
    '@context': IMAGE_2_CONTEXT,
    '@id': id,
    protocol: IMAGE_PROTOCOL,
    width,
    height,
    sizes: sizes({ width, height }, factors).filter((size) => fits(size, limits)),
    tiles: [{ width: TILE, height: TILE, scaleFactors: factors }],
    profile: [
      IMAGE_2_LEVEL_1,
      { ...limits, formats: ['jpg'], qualities: ['default', 'color', 'gray', 'bitonal'], supports: SUPPORTS },
    ],
    ...(service && { service: [service] }),
  };
}

/** Powers of two until the image is one tile. */
function scaleFactors({ width, height }: Dimensions): number[] {
  const factors = [1];
  for (let factor = 1; Math.max(width, height) / factor > TILE;) factors.push((factor *= 2));
  return factors;
}

/** Smallest first, as the viewers expect it; the same roundings as for the tiles. */
function sizes({ width, height }: Dimensions, factors: readonly number[]): Dimensions[] {
  return factors.map((factor) => ({ width: Math.ceil(width / factor), height: Math.ceil(height / factor) })).reverse();
}
