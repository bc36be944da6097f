import { fits, type Dimensions, type Limits, type Rectangle } from './geometry.ts';
import { pyramidFrom, sizeAt, type Pyramid } from './pyramid.ts';

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

/**
 * The smaller image that an identifier of a tier shows. It is a level of the picture's own pyramid: whatever is drawn from
 * that or from smaller ones can be computed from its full picture. What is rendered from larger ones would be another
 * sample of the full image with each request: there is the whole picture only, in one size.
 */
export type Tier = Dimensions & {
  /** `level`: whatever is drawn from the level. `tiles`: its tiles, and the whole picture. `picture`: the whole picture. */
  readonly kind: 'level' | 'tiles' | 'picture';
  /** How often the image is halved to be this level; 0 for a `picture`. */
  readonly halvings: number;
};

/** Level of compliance of what is served at an identifier: an image (no tier), or a tier. Single pictures and tiles are level 0. */
export function levelOf(tier: Tier['kind'] | undefined): 0 | 1 {
  return tier === undefined || tier === 'level' ? 1 : 0;
}

/**
 * The tier of so many pixels along the longer side, at most. An image that is no larger is its own.
 * `drawsFromLevels`: whether the image server draws a smaller picture from a smaller level; else tiles alone are the level's.
 */
export function tierOf(
  image: Dimensions,
  pyramid: Pyramid,
  pixels: number,
  limits: Limits,
  drawsFromLevels: boolean,
): Tier {
  const kind = drawsFromLevels ? 'level' : 'tiles';
  if (drawsFromLevels || pyramid.native) {
    for (const halvings of pyramid.levels.keys()) {
      const size = sizeAt(image, pyramid, halvings);
      if (Math.min(size.width, size.height) < 1) break;
      if (Math.max(size.width, size.height) > pixels) continue;
      // The whole picture must be one that is rendered.
      if (kind === 'tiles' && !fits(size, limits)) continue;
      return { kind, halvings, ...size };
    }
  }
  const most = Math.min(pixels, limits.maxWidth, limits.maxHeight, Math.floor(Math.sqrt(limits.maxArea)));
  const scale = Math.min(1, most / Math.max(image.width, image.height));
  const side = (length: number): number => Math.max(limits.smallest ?? 1, Math.round(length * scale));
  return { kind: 'picture', halvings: 0, width: side(image.width), height: side(image.height) };
}

/** The pyramid of what is shown, an image or a tier of it; `undefined` where that is one picture. */
export function pyramidShown(pyramid: Pyramid, tier: Tier | undefined): Pyramid | undefined {
  if (tier === undefined) return pyramid;
  return tier.kind === 'picture' ? undefined : pyramidFrom(pyramid, tier.halvings);
}

/** The pixels of the full image behind a region of one of its levels. What a level rounds off is at its edges. */
export function onFullImage(region: Rectangle, { width, height, halvings }: Tier, image: Dimensions): Rectangle {
  const times = 2 ** halvings;
  const x = region.x * times;
  const y = region.y * times;
  return {
    x,
    y,
    width: region.x + region.width === width ? image.width - x : region.width * times,
    height: region.y + region.height === height ? image.height - y : region.height * times,
  };
}
