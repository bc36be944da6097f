import type { Dimensions } from '../shared/dimensions.ts';
import { checkPlace, type Bytes } from './bytes.ts';
import { cutTile } from './jpeg/cut.ts';
import { entryOf } from './tiff/list.ts';
import type { Level } from './tiff/level.ts';
import type { Tile } from './tile.ts';

/** Bytes; one of 1024 x 1024 pixels of noise at the best quality has 5 million. */
const LARGEST = 8_388_608;

/** Reads one tile of a level and cuts it. Throws `Malformed`, and what the file system throws. */
export async function readTile(
  file: Bytes,
  level: Level | undefined,
  { column, row }: { readonly column: number; readonly row: number },
  size: Dimensions,
): Promise<Tile> {
  if (!level) return { kind: 'missing' };
  if (level.kind !== 'jpeg') return level;
  const { tile, across, front } = level;
  if (size.width > tile.width || size.height > tile.height) return { kind: 'invalid', reason: 'no tile is so large' };
  if (column * tile.width + size.width > level.width || row * tile.height + size.height > level.height)
    return { kind: 'missing' };
  const index = row * across + column;
  const [offset, length] = await Promise.all([
    entryOf(file, level.offsets, index),
    entryOf(file, level.lengths, index),
  ]);
  if (length < 4) return { kind: 'not native', reason: 'a tile of it is left out' };
  if (length > LARGEST) return { kind: 'not native', reason: 'a tile of it is too large' };
  checkPlace(file, offset, length);
  // The front takes the place of the tile's first marker (two bytes), so nothing is copied but the front.
  const jpeg = Buffer.allocUnsafe(front.length + length - 2);
  await file.fill(jpeg.subarray(front.length - 2), offset);
  const begins = jpeg.readUInt16BE(front.length - 2) === 0xffd8;
  if (!begins) return { kind: 'not native', reason: 'a tile of it is no JPEG' };
  front.copy(jpeg);
  const reading = cutTile(jpeg, front.length, tile, size);
  return reading.kind === 'jpeg' ? { kind: 'tile', bytes: reading.bytes } : reading;
}
