import type { ByteLayout } from './directory.ts';
import { Malformed, type ByteSource } from './source.ts';

/** How a TIFF or BigTIFF spells its numbers, and where its first directory is. Throws `Malformed`. */
export async function readStart(source: ByteSource): Promise<{ layout: ByteLayout; first: number }> {
  const start = await source.bytes(0, 8);
  const little = start.toString('latin1', 0, 2) === 'II';
  const version = little ? start.readUInt16LE(2) : start.readUInt16BE(2);
  if (version === 42)
    return { layout: { little, big: false }, first: little ? start.readUInt32LE(4) : start.readUInt32BE(4) };
  if (version !== 43) throw new Malformed('it is of no version of TIFF');
  const place = await source.bytes(8, 8);
  return { layout: { little, big: true }, first: Number(little ? place.readBigUInt64LE() : place.readBigUInt64BE()) };
}
