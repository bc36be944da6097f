import type { Region, Size } from './imageRequest.ts';
import { bad, good, type Parsed } from '../shared/result.ts';

/** Pixels. */
export type Dimensions = { readonly width: number; readonly height: number };
export type Rectangle = Dimensions & { readonly x: number; readonly y: number };

/** The most that is rendered for one request: pixels wide, pixels high, pixels in all (Image API 2.1, section 5.3). */
export type Limits = {
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly maxArea: number;
  /** Pixels that each side of an answer has at least; one, where nothing is said. No document has a word for it. */
  readonly smallest?: number;
};

/** The pixels of the full image that a region means; cropped at its edges, `bad` where nothing is left (section 4.1). */
export function resolveRegion(region: Region, image: Dimensions): Parsed<Rectangle> {
  const wanted = rectangleOf(region, image);
  const width = Math.min(wanted.width, image.width - wanted.x);
  const height = Math.min(wanted.height, image.height - wanted.y);
  if (wanted.width < 1 || wanted.height < 1) return bad('The region is empty.');
  if (width < 1 || height < 1)
    return bad(`The region lies outside the image of ${image.width} x ${image.height} pixels.`);
  return good({ x: wanted.x, y: wanted.y, width, height });
}

/**
 * Width and height of the answer, before rotation; `bad` where it is empty, more than `limits`, or more pixels than the
 * region has where `upscaling` is not asked for (Image API 2.1 and 3.0, section 4.2).
 */
export function resolveSize(
  { size, upscaling }: { readonly size: Size; readonly upscaling: boolean },
  region: Dimensions,
  limits: Limits,
): Parsed<Dimensions> {
  const { width, height } = scaled(size, upscaling, region, limits);
  if (width < 1 || height < 1) return bad('The size is empty.');
  if (!upscaling && (width > region.width || height > region.height)) {
    return bad(
      `The region has ${region.width} x ${region.height} pixels. It is enlarged only where ^ stands before the size, ` +
        'and never where it is of a tier.',
    );
  }
  if (!fits({ width, height }, limits)) {
    return bad(
      `${width} x ${height} pixels are more than this server renders at once (maxWidth ${limits.maxWidth}, ` +
        `maxHeight ${limits.maxHeight}, maxArea ${limits.maxArea}); ask for max, or for a smaller size.`,
    );
  }
  return good({ width, height });
}

/** As an info.json says them. */
export function statedLimits({ maxWidth, maxHeight, maxArea }: Limits) {
  return { maxWidth, maxHeight, maxArea };
}

export function fits({ width, height }: Dimensions, limits: Limits): boolean {
  return width <= limits.maxWidth && height <= limits.maxHeight && width * height <= limits.maxArea;
}

function rectangleOf(region: Region, image: Dimensions): Rectangle {
  switch (region.kind) {
    case 'full':
      return { x: 0, y: 0, ...image };
    case 'square': {
      const side = Math.min(image.width, image.height);
      const x = Math.floor((image.width - side) / 2);
      const y = Math.floor((image.height - side) / 2);
      return { x, y, width: side, height: side };
    }
    case 'pixels':
      return { x: region.x, y: region.y, width: region.w, height: region.h };
    case 'percent':
      return {
        x: percentOf(region.x, image.width),
        y: percentOf(region.y, image.height),
        width: percentOf(region.w, image.width),
        height: percentOf(region.h, image.height),
      };
  }
}

function scaled(size: Size, upscaling: boolean, region: Dimensions, limits: Limits): Dimensions {
  switch (size.kind) {
    case 'full':
      return { width: region.width, height: region.height };
    case 'max':
      return largestWithin(region, limits, 1);
    case 'upscaled max':
      return largestWithin(region, limits, Infinity);
    case 'width':
      return { width: size.w, height: proportion(size.w, region.height, region.width) };
    case 'height':
      return { width: proportion(size.h, region.width, region.height), height: size.h };
    case 'percent':
      return { width: percentOf(size.n, region.width), height: percentOf(size.n, region.height) };
    case 'exact':
      return { width: size.w, height: size.h };
    case 'within':
      return within(region, size, upscaling);
  }
}

/** The largest answer of the region's shape that the limits allow, at most `factor` times the region. */
function largestWithin(region: Dimensions, limits: Limits, factor: number): Dimensions {
  const byArea = Math.sqrt(limits.maxArea / (region.width * region.height));
  const scale = Math.min(limits.maxWidth / region.width, limits.maxHeight / region.height, byArea, factor);
  return { width: atLeastOne(Math.floor(region.width * scale)), height: atLeastOne(Math.floor(region.height * scale)) };
}

/** Rounded, but never over the box that was asked for; a box of nothing stays nothing. */
function within(region: Dimensions, box: { readonly w: number; readonly h: number }, upscaling: boolean): Dimensions {
  const scale = Math.min(box.w / region.width, box.h / region.height, upscaling ? Infinity : 1);
  const side = (length: number, most: number): number => Math.min(most, atLeastOne(Math.round(length * scale)));
  return { width: side(region.width, box.w), height: side(region.height, box.h) };
}

/** The other side that keeps the shape; a sliver is still one pixel, and nothing stays nothing. */
function proportion(side: number, other: number, of: number): number {
  return side === 0 ? 0 : atLeastOne(Math.round((side * other) / of));
}

function percentOf(percent: number, length: number): number {
  return Math.round((percent * length) / 100);
}

function atLeastOne(length: number): number {
  return Math.max(1, length);
}
