import type { Forms } from './forms.ts';
import type { Dimensions, Limits } from './geometry.ts';
import { isOneTile, type Pyramid } from './pyramid.ts';
import type { Tier } from './tier.ts';
import { tilingOf } from './tiling.ts';

/** What an info.json is made of, in every version of the Image API. */
export type ImageInfoInput = Dimensions & {
  /** Public address of the image without `/info.json`, as it was asked for: viewers compare the two. */
  readonly id: string;
  /** Of what is described; `undefined` for a tier that is one picture. */
  readonly pyramid: Pyramid | undefined;
  readonly limits: Limits;
  readonly forms: Forms;
  /** Set where it is a tier. */
  readonly tier: Tier['kind'] | undefined;
  /** Set where the image is not open to everybody: the service of authorization that leads to it. */
  readonly service: object | undefined;
};

const ANYWHERE = ['canonicalLinkHeader', 'profileLinkHeader'];

/**
 * The features of an image or tier, in the words of a version: all those of `scaling` where any picture of it can be asked
 * for, and `enlarging` where it is no tier.
 */
export function featuresOf(tier: Tier['kind'] | undefined, scaling: readonly string[], enlarging: string): string[] {
  if (tier === 'picture') return [...ANYWHERE, 'mirroring', 'rotationBy90s'];
  if (tier === 'tiles') return ANYWHERE;
  return [...ANYWHERE, ...scaling, ...(tier === undefined ? [enlarging] : [])];
}

/** `sizes` and `tiles`: of a tier that is one picture its own size only; of one that is tiles the sizes of one tile, too. */
export function sizesOf({ width, height, pyramid, limits, tier }: ImageInfoInput) {
  const own = { width, height };
  if (pyramid === undefined) return { sizes: [own] };
  const { sizes, tiles } = tilingOf(own, pyramid, limits);
  if (tier !== 'tiles') return { sizes, tiles };
  return { sizes: [...sizes.filter((size) => size.width < width && isOneTile(size, pyramid)), own], tiles };
}
