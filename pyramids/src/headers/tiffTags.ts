import type { Dimensions } from '../shared/dimensions.ts';
import { readDirectory, type ByteLayout, type Directory, type Wanted } from './directory.ts';
import type { TiffShape } from './header.ts';
import { Malformed, type ByteSource } from './source.ts';

const TAG = {
  subfile: 254,
  oldSubfile: 255,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  orientation: 274,
  samples: 277,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  subDirectories: 330,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
};
/** Of these there may be several values. */
const LISTS = new Set([TAG.bits, TAG.subDirectories, TAG.extraSamples, TAG.sampleFormat]);
/** Tags that are not read with their directory. */
export const PLACE = { tileOffsets: 324, tileByteCounts: 325, profile: 34_675, rawVersion: 50_706 };
/** What is read of a directory. */
export const WANTED: Wanted = { values: new Set(Object.values(TAG)), places: new Set(Object.values(PLACE)) };

/** Bits of `subfile`, and the value of the tag that was there before it. */
const REDUCED = 1;
const MASK = 4;
const OLD_REDUCED = 2;

/** Throws `Malformed` also where so large a picture would have more tiles than there are. */
export function sizeOf(directory: Directory): Dimensions {
  const width = one(directory, TAG.width, 0);
  const height = one(directory, TAG.height, 0);
  if (width === 0 || height === 0) throw new Malformed('a picture in it has no size');
  const tiles = directory.places.get(PLACE.tileOffsets)?.count;
  const needed = tilesAcross({ width, height }, tileOf(directory) ?? { width, height });
  if (tiles !== undefined && !(tiles >= needed)) throw new Malformed('it has fewer tiles than its size needs');
  return { width, height };
}

/** How many tiles of one plane a picture has. */
export function tilesAcross(size: Dimensions, tile: Dimensions): number {
  return Math.ceil(size.width / tile.width) * Math.ceil(size.height / tile.height);
}

/** Pixels of a tile; `undefined` where it has none. Throws `Malformed`. */
export function tileOf(directory: Directory): Dimensions | undefined {
  if (!directory.tags.has(TAG.tileWidth)) return undefined;
  const tile = { width: one(directory, TAG.tileWidth, 0), height: one(directory, TAG.tileHeight, 0) };
  if (tile.width === 0 || tile.height === 0) throw new Malformed('its tiles have no size');
  return tile;
}

/** What says how its samples are to be understood. Throws `Malformed`. */
export function shapeOf(directory: Directory): TiffShape {
  const samples = one(directory, TAG.samples, 1);
  const bits = directory.tags.get(TAG.bits) ?? [1];
  // Some programs write the number of bits once for all samples; any other number of numbers makes no sense.
  if (bits.length !== samples && bits.length !== 1)
    throw new Malformed('its numbers of bits are not those of its samples');
  return {
    photometric: one(directory, TAG.photometric, -1),
    samples,
    bits,
    sampleFormats: [...new Set(directory.tags.get(TAG.sampleFormat) ?? [1])],
    planar: one(directory, TAG.planar, 1),
    compression: one(directory, TAG.compression, 1),
    predictor: one(directory, TAG.predictor, 1),
    extraSamples: directory.tags.get(TAG.extraSamples) ?? [],
  };
}

/** As in EXIF; 1 where it says nothing. */
export function orientationIn(directory: Directory): number {
  return one(directory, TAG.orientation, 1);
}

/** Places of the directories below it. */
export function placesBelow(directory: Directory): readonly number[] {
  return directory.tags.get(TAG.subDirectories) ?? [];
}

/** Whether it says that it is a smaller version of another picture, or a mask over one. */
export function isNoPage(directory: Directory): boolean {
  return saysReduced(directory) || isMask(directory);
}

/**
 * Whether it is the next level of a pyramid: it says that it is smaller, or is half as wide and half as high as the one
 * before (ImageMagick's pyramids call their levels pages). A mask is none.
 */
export function isSmallerVersion(directory: Directory, before: Dimensions): boolean {
  const { width, height } = sizeOf(directory);
  if (isMask(directory)) return false;
  if (width * height === before.width * before.height) return false;
  if (isHalf(width, before.width) && isHalf(height, before.height)) return true;
  return saysReduced(directory) && width <= before.width && height <= before.height;
}

/** Reads the orientation that an EXIF block gives, which is a TIFF without a picture. Throws `Malformed`. */
export async function readOrientation(source: ByteSource, at: number, layout: ByteLayout): Promise<number> {
  const wanted = { values: new Set([TAG.orientation]), places: new Set<number>() };
  return orientationIn(await readDirectory(source, at, layout, wanted));
}

function saysReduced(directory: Directory): boolean {
  return (one(directory, TAG.subfile, 0) & REDUCED) !== 0 || one(directory, TAG.oldSubfile, 0) === OLD_REDUCED;
}

function isMask(directory: Directory): boolean {
  return (one(directory, TAG.subfile, 0) & MASK) !== 0;
}

function isHalf(length: number, of: number): boolean {
  return length === Math.max(1, Math.floor(of / 2)) || length === Math.ceil(of / 2);
}

function one({ tags }: Directory, tag: number, otherwise: number): number {
  const values = tags.get(tag);
  if (values && values.length > 1 && !LISTS.has(tag)) throw new Malformed(`its tag ${tag} has several values`);
  return values?.[0] ?? otherwise;
}
