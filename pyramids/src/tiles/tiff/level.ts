import type { Dimensions } from '../../shared/dimensions.ts';
import { bytesAt, Malformed } from '../bytes.ts';
import { frontOf, type Colours } from '../jpeg/front.ts';
import type { Directory } from './directory.ts';
import { readList, valuesOf, type List } from './list.ts';
import { sizeOf, TAG, valueOf, type Tiff } from './tags.ts';

/** Samples of a pixel, whose bits have a value each. */
const MOST_SAMPLES = 64;
/** Bytes; those of libjpeg have 574. */
const LARGEST_TABLES = 16_384;
/** Side of a tile, pixels. */
const LARGEST_TILE = 2048;
const JPEG = 7;
/** Of JPEG's colours by `photometric`, and how many samples they have. */
const COLOURS: Readonly<Record<number, readonly [Colours, number]>> = {
  1: ['gray', 1],
  2: ['rgb', 3],
  6: ['ycbcr', 3],
};

/** One size of a picture, in tiles. */
export type Level = Dimensions & (JpegTiles | { readonly kind: 'not native'; readonly reason: string });

type JpegTiles = {
  readonly kind: 'jpeg';
  readonly tile: Dimensions;
  readonly across: number;
  /** Place and length (bytes) of each tile, row by row. */
  readonly offsets: List;
  readonly lengths: List;
  /** What makes a whole JPEG of a tile ({@link frontOf}). */
  readonly front: Buffer;
};

/** Reads the directory of a level. Throws `Malformed`. */
export async function readLevel(tiff: Tiff, directory: Directory): Promise<Level> {
  const { file, layout } = tiff;
  const value = (tag: number, otherwise: number) => valueOf(tiff, directory, tag, otherwise);
  const size = await sizeOf(tiff, directory);
  const notNative = (reason: string): Level => ({ ...size, kind: 'not native', reason });
  const [offsets, lengths] = [directory.fields.get(TAG.offsets), directory.fields.get(TAG.counts)];
  if (!offsets || !lengths) return notNative('it has no tiles');
  if ((await value(TAG.compression, 1)) !== JPEG) return notNative('its tiles are not JPEG');
  if ((await value(TAG.planar, 1)) !== 1) return notNative('its colours are apart');
  const [colours, samples] = COLOURS[await value(TAG.photometric, -1)] ?? [];
  if (!colours || samples !== (await value(TAG.samples, 1))) return notNative('its colours are others than JPEG has');
  const bits = directory.fields.get(TAG.bits);
  if (!bits || (await valuesOf(file, bits, layout, MOST_SAMPLES)).some((each) => each !== 8))
    return notNative('its samples are not of 8 bit');
  const tile = { width: await value(TAG.tileWidth, 0), height: await value(TAG.tileHeight, 0) };
  if (Object.values(tile).some((side) => side < 1 || side > LARGEST_TILE))
    return notNative('its tiles are of no useful size');
  const across = Math.ceil(size.width / tile.width);
  const count = across * Math.ceil(size.height / tile.height);
  if (offsets.count < count || lengths.count < count) throw new Malformed('it has fewer tiles than its size needs');
  return {
    ...size,
    kind: 'jpeg',
    tile,
    across,
    offsets: await readList(file, { ...offsets, count }, layout),
    lengths: await readList(file, { ...lengths, count }, layout),
    front: frontOf(await tablesOf(tiff, directory), colours),
  };
}

async function tablesOf({ file }: Tiff, { fields }: Directory): Promise<Buffer | undefined> {
  const field = fields.get(TAG.tables);
  if (!field) return undefined;
  if (field.size !== 1 || field.count > LARGEST_TABLES) throw new Malformed('its tables for JPEG make no sense');
  return field.inside ? field.inside.subarray(0, field.count) : bytesAt(file, field.at, field.count);
}
