import { statedLimits } from '../geometry.ts';
import { featuresOf, sizesOf, type ImageInfoInput } from '../imageInfo.ts';
import { levelOf } from '../tier.ts';
import { IMAGE_2_CONTEXT, IMAGE_PROTOCOL, imageProfile } from '../vocabulary.ts';

/**
 * What every image server here can do beyond level 1. With iipsrv, level 2 lacks PNG; with digilib, which writes PNG, it
 * lacks gray as JPEG.
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

/** info.json, Image API 2.1, section 5. */
export function imageInfo(input: ImageInfoInput) {
  const { id, width, height, limits, forms, tier, service } = input;
  return {
    '@context': IMAGE_2_CONTEXT,
    '@id': id,
    protocol: IMAGE_PROTOCOL,
    width,
    height,
    ...sizesOf(input),
    profile: [
      imageProfile(2, levelOf(tier)),
      { ...statedLimits(limits), ...forms, supports: featuresOf(tier, SUPPORTS, 'sizeAboveFull') },
    ] as const,
    ...(service && { service: [service] }),
  };
}
