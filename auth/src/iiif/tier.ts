import type { Dimensions, Rectangle } from './geometry.ts';

/** Between the identifier of an image and that of its tier; no identifier of an image has two of them in a row. */
const MARK = '!!';

/** The tier that a raw identifier names, if it names one: the longer side of the smaller image, in pixels. */
export function splitTier(rawIdentifier: string): { readonly identifier: string; readonly tier: number | undefined } {
  const [, identifier, tier] = /^(.+)!!(\d{2,5})$/.exec(rawIdentifier) ?? [];
  return identifier === undefined ? { identifier: rawIdentifier, tier: undefined } : { identifier, tier: Number(tier) };
}

/** The identifier of a tier of an image, both as they stand in addresses (Authentication API 1.0, section 3.2). */
export function tierIdentifier(identifier: string, tier: number): string {
  return `${identifier}${MARK}${tier}`;
}

/** Size of the smaller image; an image that is no larger than its tier is its own. */
export function tierDimensions(image: Dimensions, tier: number): Dimensions {
  const scale = Math.min(1, tier / Math.max(image.width, image.height));
  return { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)) };
}

/** The pixels of the full image behind a region of the smaller one. */
export function onFullImage(region: Rectangle, tier: Dimensions, image: Dimensions): Rectangle {
  const x = Math.floor((region.x * image.width) / tier.width);
  const y = Math.floor((region.y * image.height) / tier.height);
  const right = Math.ceil(((region.x + region.width) * image.width) / tier.width);
  const bottom = Math.ceil(((region.y + region.height) * image.height) / tier.height);
  return { x, y, width: Math.min(right, image.width) - x, height: Math.min(bottom, image.height) - y };
}
