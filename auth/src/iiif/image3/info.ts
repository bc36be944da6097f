import { statedLimits } from '../geometry.ts';
import { featuresOf, sizesOf, type ImageInfoInput } from '../imageInfo.ts';
import { levelOf } from '../tier.ts';
import { AUTH_2_CONTEXT, IMAGE_3_CONTEXT, IMAGE_PROTOCOL } from '../vocabulary.ts';

/** What every image server here can do beyond level 1. Level 2 wants PNG and gray, and there is never both in each format. */
const EXTRA_FEATURES = [
  'mirroring',
  'regionByPct',
  'regionSquare',
  'rotationBy90s',
  'sizeByConfinedWh',
  'sizeByPct',
  'sizeByWh',
];

/** info.json, Image API 3.0, section 5; with the contexts in the order of the Authorization Flow API 2.0, section 2.1. */
export function imageInfo(input: ImageInfoInput) {
  const { id, width, height, limits, forms, tier, service } = input;
  const extraFormats = forms.formats.filter((format) => format !== 'jpg');
  return {
    '@context': service ? [AUTH_2_CONTEXT, IMAGE_3_CONTEXT] : IMAGE_3_CONTEXT,
    id,
    type: 'ImageService3',
    protocol: IMAGE_PROTOCOL,
    profile: `level${levelOf(tier)}`,
    width,
    height,
    ...statedLimits(limits),
    ...sizesOf(input),
    ...(extraFormats.length > 0 && { extraFormats }),
    extraQualities: forms.qualities.filter((quality) => quality !== 'default'),
    extraFeatures: featuresOf(tier, EXTRA_FEATURES, 'sizeUpscaling'),
    ...(service && { service: [service] }),
  };
}
