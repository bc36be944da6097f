import { readNumbers, type ByteLayout, type Directory } from './directory.ts';
import { readJpeg } from './jpeg.ts';
import { Malformed, type ByteSource } from './source.ts';
import { PLACE, shapeOf, sizeOf, tileOf, tilesAcross } from './tiffTags.ts';

/** Of one level: 30 gigapixels in tiles of 256. */
const MOST_TILES = 500_000;
const JPEG = 7;
/** Of JPEG, those that are cut without being decoded (tiles/): baseline, and extended with Huffman coding. */
const PROCESSES = [0, 1];

/**
 * Whether all tiles of a picture lie in the file (none is left out, as in sparse files), and the first one is what the
 * tags say, where it is JPEG.
 */
export async function isWhole(source: ByteSource, directory: Directory, layout: ByteLayout): Promise<boolean> {
  const tile = tileOf(directory);
  const offsets = directory.places.get(PLACE.tileOffsets);
  const counts = directory.places.get(PLACE.tileByteCounts);
  const shape = shapeOf(directory);
  if (!tile || !offsets || !counts || shape.planar !== 1) return false;
  // Single bytes are too small for either; that is also the size of what is no number.
  if (offsets.size === 1 || counts.size === 1) return false;
  const count = tilesAcross(sizeOf(directory), tile);
  if (count > MOST_TILES || offsets.count < count || counts.count < count) return false;
  try {
    const starts = await readNumbers(source, { ...offsets, count }, layout);
    const lengths = await readNumbers(source, { ...counts, count }, layout);
    const inside = starts.every((start, index) => {
      const length = lengths[index] ?? 0;
      return start >= 8 && length > 0 && start + length <= source.length;
    });
    if (!inside || shape.compression !== JPEG) return inside;
    const jpeg = await readJpeg(source.part(starts[0] ?? 0, lengths[0] ?? 0));
    return (
      jpeg.width === tile.width &&
      jpeg.height === tile.height &&
      jpeg.components === shape.samples &&
      PROCESSES.includes(jpeg.process)
    );
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
