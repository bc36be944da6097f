import type { CookieService } from '../auth1/services.ts';
import type { Dimensions, Limits } from '../geometry.ts';
import { IMAGE_2_CONTEXT, IMAGE_2_LEVEL_1, IMAGE_PROTOCOL } from '../names.ts';
import { splitTier } from '../tier.ts';
import { tilingOf } from '../tiling.ts';

/**
 * What every image server here can do beyond level 1. Level 2 but for PNG, which iipsrv 1.1 does not write: the document
 * is the same whichever image server is in use, so it claims what all of them do.
 */
const SUPPORTS = [
  'mirroring',
  'regionByPct',
  'regionSquare',
  'rotationBy90s',
  'sizeByConfinedWh',
  'sizeByDistortedWh',
  'sizeByPct',
  'sizeByWh',
];

/** A tier is never enlarged. */
const supportsOf = (id: string): string[] =>
  splitTier(id).tier === undefined ? [...SUPPORTS, 'sizeAboveFull'] : SUPPORTS;

export type InfoInput = Dimensions & {
  /** Public address of the image without `/info.json`, as it was asked for: viewers compare the two. */
  readonly id: string;
  readonly limits: Limits;
  /** Set where the image is not open to everybody. */
  readonly service: CookieService | undefined;
};

/** info.json, Image API 2.1, section 5. */
export function imageInfo({ id, width, height, limits, service }: InfoInput) {
  return {
    '@context': IMAGE_2_CONTEXT,
    '@id': id,
    protocol: IMAGE_PROTOCOL,
    width,
    height,
    ...tilingOf({ width, height }, limits),
    profile: [
      IMAGE_2_LEVEL_1,
      { ...limits, formats: ['jpg'], qualities: ['default', 'color', 'gray', 'bitonal'], supports: supportsOf(id) },
    ],
    ...(service && { service: [service] }),
  };
}
