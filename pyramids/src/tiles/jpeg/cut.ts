import type { Dimensions } from '../../shared/dimensions.ts';
import { Malformed } from '../bytes.ts';
import { crop, type Block } from './crop.ts';
import { stuff, unstuff } from './entropy.ts';
import { makeTable, readTables, type Huffman } from './huffman.ts';
import { readScan, type Scan } from './scan.ts';
import { MARKER, readSegments, type Segment } from './segments.ts';

export type CutReading =
  { readonly kind: 'jpeg'; readonly bytes: Buffer } | { readonly kind: 'not native'; readonly reason: string };

const EOI = Buffer.from([0xff, MARKER.EOI]);
/** A table for first values that has all of them (T.81, table K.3), by number of bits. */
const COUNTS = Buffer.from([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
const SYMBOLS = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

/**
 * The JPEG of a tile, cut at its upper left corner without decoding it: bit for bit what is in the file, but for what
 * lies to the right and below. Colours of half the size are exact too, if they are enlarged without a look at what was
 * beside them; a program that does look (most do) may show the last row and column by a shade differently, as it does at
 * the edge of every tile.
 *
 * @param jpeg {@link frontOf} and behind it a tile without its first marker; it is changed
 * @param front length of the former, bytes
 * @param tile what its size must be
 * @param size at most that. Throws `Malformed`
 */
export function cutTile(jpeg: Buffer, front: number, tile: Dimensions, size: Dimensions): CutReading {
  const segments = readSegments(jpeg);
  const reading = readScan(segments);
  if (reading.kind !== 'scan') return reading;
  const { scan } = reading;
  if (scan.width !== tile.width || scan.height !== tile.height) throw new Malformed('a tile of it is of another size');
  if ([MARKER.DQT, MARKER.DHT].some((wanted) => !segments.some(({ marker }) => marker === wanted)))
    throw new Malformed('a tile of it has no tables');
  const data = segments.at(-1)?.end ?? 0;
  const end = jpeg.lastIndexOf(EOI);
  if (end < data) throw new Malformed('a tile of it ends too early');
  // What a program has written into its tiles about colours, or as a remark, could say something else than TIFF does.
  const kept = segments.filter(({ marker, from }) => from < front || !isRemark(marker));
  resize(kept, size);
  if (!isSameUnits(scan, size))
    return { kind: 'jpeg', bytes: assemble(jpeg, kept, cropped(jpeg, data, scan, kept, size)) };
  if (kept.length === segments.length) return { kind: 'jpeg', bytes: jpeg.subarray(0, end + EOI.length) };
  const parts = kept.map(({ from, end: behind }) => jpeg.subarray(from, behind));
  return { kind: 'jpeg', bytes: Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(data, end + EOI.length)]) };
}

function resize(segments: readonly Segment[], { width, height }: Dimensions): void {
  const frame = segments.find(({ marker }) => marker === MARKER.SOF0 || marker === MARKER.SOF1);
  frame?.body.writeUInt16BE(height, 1);
  frame?.body.writeUInt16BE(width, 3);
}

/** What is cut may be less than a unit; that much is in every JPEG whose sides are not whole units. */
function isSameUnits({ unit, width, height }: Scan, size: Dimensions): boolean {
  return (
    Math.ceil(width / unit.width) === Math.ceil(size.width / unit.width) &&
    Math.ceil(height / unit.height) === Math.ceil(size.height / unit.height)
  );
}

type Cropped = { readonly bytes: Uint8Array; readonly tables: readonly Buffer[] };

function cropped(jpeg: Buffer, data: number, scan: Scan, segments: readonly Segment[], size: Dimensions): Cropped {
  const coded = unstuff(jpeg, data);
  const tables = readTables(segments);
  const same = crop(coded, scan, blocksOf(scan, tables), size);
  if (same) return { bytes: same, tables: [] };
  // Tables that were made for one tile have no code for what does not occur in it.
  const numbers = [...new Set(scan.components.map(({ dc }) => dc))];
  const bytes = crop(coded, scan, blocksOf(scan, tables, makeTable(COUNTS, SYMBOLS)), size);
  if (!bytes) throw new Malformed('a tile of it is damaged');
  return {
    bytes,
    tables: numbers.map((number) => Buffer.from([0xff, MARKER.DHT, 0, 31, number, ...COUNTS, ...SYMBOLS])),
  };
}

function blocksOf({ components }: Scan, tables: ReadonlyMap<number, Huffman>, other?: Huffman): readonly Block[] {
  return components.flatMap((component, colour) => {
    const [dc, ac] = [tables.get(component.dc), tables.get(16 + component.ac)];
    if (!dc || !ac) throw new Malformed('a tile of it has no tables');
    return Array.from({ length: component.across * component.down }, () => ({ colour, dc, ac, written: other ?? dc }));
  });
}

/** There are no restarts in what was cropped. */
function assemble(jpeg: Buffer, segments: readonly Segment[], { bytes, tables }: Cropped): Buffer {
  const parts = segments
    .filter(({ marker }) => marker !== MARKER.DRI)
    .flatMap(({ marker, from, end }) => [...(marker === MARKER.SOS ? tables : []), jpeg.subarray(from, end)]);
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, stuff(bytes), EOI]);
}

function isRemark(marker: number): boolean {
  return marker === MARKER.COM || (marker >= MARKER.APP0 && marker <= MARKER.APP15);
}
