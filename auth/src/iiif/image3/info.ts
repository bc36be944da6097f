import type { ProbeService } from '../auth2/services.ts';
import type { Dimensions, Limits } from '../geometry.ts';
import { AUTH_2_CONTEXT, IMAGE_3_CONTEXT, IMAGE_PROTOCOL } from '../names.ts';
import { splitTier } from '../tier.ts';
import { tilingOf } from '../tiling.ts';

/** What every image server here can do beyond level 1: level 2 but for PNG, which iipsrv 1.1 does not write. */
const EXTRA_FEATURES = [
  'mirroring',
  'regionByPct',
  'regionSquare',
  'rotationBy90s',
  'sizeByConfinedWh',
  'sizeByPct',
  'sizeByWh',
];

/** A tier is never enlarged. */
const featuresOf = (id: string): string[] =>
  splitTier(id).tier === undefined ? [...EXTRA_FEATURES, 'sizeUpscaling'] : EXTRA_FEATURES;

export type InfoInput = Dimensions & {
  /** Public address of the image without `/info.json`, as it was asked for. */
  readonly id: string;
  readonly limits: Limits;
  /** Set where the image is not open to everybody. */
  readonly probe: ProbeService | undefined;
};

/** info.json, Image API 3.0, section 5; with the contexts in the order of the Authorization Flow API 2.0, section 2.1. */
export function imageInfo({ id, width, height, limits, probe }: InfoInput) {
  return {
    '@context': probe ? [AUTH_2_CONTEXT, IMAGE_3_CONTEXT] : IMAGE_3_CONTEXT,
    id,
    type: 'ImageService3',
    protocol: IMAGE_PROTOCOL,
    profile: 'level1',
    width,
    height,
    ...limits,
    ...tilingOf({ width, height }, limits),
    extraQualities: ['color', 'gray', 'bitonal'],
    extraFeatures: featuresOf(id),
    ...(probe && { service: [probe] }),
  };
}
