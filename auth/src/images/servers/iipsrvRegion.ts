import type { Dimensions, Rectangle } from '../../iiif/geometry.ts';

/**
 * How iipsrv 1.1 finds the pixels of a region, as thousands of requests to it show; it counts with single floats. Each
 * level of a file is half as large as the one before, rounded down. It takes the smallest level that has enough pixels
 * for both sides of the answer, and dies where the region begins behind the last pixel of that level.
 */
export type Drawn = Rectangle & {
  /** How often the image is halved. */
  readonly halvings: number;
};

export type RegionRequest = {
  /** Pixels of the whole image as it is stored. */
  readonly image: Dimensions;
  /** Levels of the file. */
  readonly levels: number;
  readonly region: Rectangle;
  /** Pixels of the answer. */
  readonly size: Dimensions;
  /** How often the image is halved at least: no finer pixels may be drawn. */
  readonly least?: number;
};

const single = Math.fround;

/** The side, in pixels, of an image that iipsrv halves no more, whatever a JPEG 2000 file holds. */
const SMALLEST_OF_JPEG_2000 = 256;

/** How many levels of a JPEG 2000 file iipsrv draws from, the image itself among them. */
export function levelsOfJpeg2000({ width, height }: Dimensions): number {
  let count = 1;
  for (let side = Math.max(width, height); side > SMALLEST_OF_JPEG_2000; count += 1) side = Math.floor(side / 2);
  return count;
}

/** The pixels that iipsrv draws, in those of the level that it takes; it dies where `width` or `height` is 0. */
export function drawnBy({ image, levels, region, size }: RegionRequest): Drawn {
  const enough = Math.max(
    halvingsOf(image.width, region.width, size.width),
    halvingsOf(image.height, region.height, size.height),
  );
  const halvings = Math.min(enough, levels - 1);
  const across = sideOf(image.width, region.x, region.width, halvings);
  const down = sideOf(image.height, region.y, region.height, halvings);
  return { halvings, x: across.from, y: down.from, width: across.length, height: down.length };
}

/**
 * The same region, or the nearest one of its size that is a pixel or more of the level that iipsrv takes: its pixels are
 * those that stand for it there. `undefined` where a side of the whole image is no pixel of that level, or where the
 * level is finer than it may be.
 */
export function survivable(request: RegionRequest): Rectangle | undefined {
  const { image, region, least = 0 } = request;
  const { halvings, width, height } = drawnBy(request);
  if (halvings < least) return undefined;
  if (width > 0 && height > 0) return region;
  if (lengthOf(image.width, halvings) === 0 || lengthOf(image.height, halvings) === 0) return undefined;
  return {
    ...region,
    x: nearestPixel(image.width, region.x, region.width, halvings),
    y: nearestPixel(image.height, region.y, region.height, halvings),
  };
}

function halvingsOf(image: number, region: number, answer: number): number {
  const needed = Math.floor(single(answer / single(region / image)));
  let halvings = 0;
  for (let length = image; length > needed; halvings += 1) {
    length = Math.floor(length / 2);
    if (length < needed) break;
  }
  return halvings;
}

/** Of a level. */
function lengthOf(image: number, halvings: number): number {
  return Math.floor(image / 2 ** halvings);
}

function sideOf(image: number, from: number, length: number, halvings: number) {
  const there = lengthOf(image, halvings);
  const begin = Math.min(there, Math.round(single(single(from / image) * image) / 2 ** halvings));
  const wanted = Math.round(single(single(length / image) * Math.round(image / 2 ** halvings)));
  return { from: begin, length: Math.min(Math.max(1, wanted), there - begin) };
}

/** The last place, not behind `from`, where a pixel of the level begins. */
function nearestPixel(image: number, from: number, length: number, halvings: number): number {
  const last = Math.ceil((lengthOf(image, halvings) - 0.5) * 2 ** halvings) - 1;
  let at = Math.min(from, Math.max(0, last));
  while (at > 0 && sideOf(image, at, length, halvings).length === 0) at -= 1;
  return at;
}
