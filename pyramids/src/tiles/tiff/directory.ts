import { bytesAt, Malformed, type Bytes } from '../bytes.ts';

/** Of one directory: more are in no picture. */
const MOST_ENTRIES = 1000;
/** Most directories are shorter, and are read at once. */
const WINDOW = 1024;
/** Bytes of a value, by its type: BYTE, SHORT, LONG, UNDEFINED, IFD, LONG8, IFD8. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 13: 4, 16: 8, 18: 8 };

/** How a TIFF spells its numbers; `big`: BigTIFF. */
export type Layout = { readonly little: boolean; readonly big: boolean };

/** Values of a tag: how many, bytes of each, and where they are, in the directory itself (`inside`) or in the file. */
export type Field = {
  readonly count: number;
  readonly size: number;
  readonly inside: Buffer | undefined;
  readonly at: number;
};

/** One image directory, and where the next one is (0: nowhere). */
export type Directory = { readonly fields: ReadonlyMap<number, Field>; readonly next: number };

/** The spelling of a TIFF and where its first directory is. Throws `Malformed`. */
export async function readStart(file: Bytes): Promise<{ layout: Layout; first: number }> {
  const start = await bytesAt(file, 0, Math.min(16, file.length));
  const order = start.toString('latin1', 0, 2);
  if (start.length < 8 || (order !== 'II' && order !== 'MM')) throw new Malformed('it is no TIFF');
  const little = order === 'II';
  const version = numberAt(start, 2, 2, { little, big: false });
  if (version !== 42 && (version !== 43 || start.length < 16)) throw new Malformed('it is of no version of TIFF');
  const layout = { little, big: version === 43 };
  return { layout, first: layout.big ? numberAt(start, 8, 8, layout) : numberAt(start, 4, 4, layout) };
}

/**
 * Reads the directory at a place (TIFF 6.0, section 2; BigTIFF). Of a tag that comes twice the first counts, as for
 * libtiff; one of another type than whole numbers is left out. Throws `Malformed`.
 */
export async function readDirectory(file: Bytes, at: number, layout: Layout): Promise<Directory> {
  const place = layout.big ? 8 : 4;
  const head = layout.big ? 8 : 2;
  const width = 4 + 2 * place;
  let bytes = await bytesAt(file, at, Math.max(head, Math.min(WINDOW, file.length - at)));
  const entries = numberAt(bytes, 0, head, layout);
  if (entries === 0 || entries > MOST_ENTRIES) throw new Malformed('a directory of it makes no sense');
  const end = head + entries * width;
  if (bytes.length < end + place)
    bytes = await bytesAt(file, at, Math.max(end, Math.min(end + place, file.length - at)));
  const fields = new Map<number, Field>();
  for (let from = head; from < end; from += width) {
    const tag = numberAt(bytes, from, 2, layout);
    const size = SIZES[numberAt(bytes, from + 2, 2, layout)];
    const count = numberAt(bytes, from + 4, place, layout);
    if (size === undefined || fields.has(tag)) continue;
    const inside = bytes.subarray(from + 4 + place, from + 4 + 2 * place);
    if (count * size <= place) fields.set(tag, { count, size, inside: Buffer.from(inside), at: 0 });
    else fields.set(tag, { count, size, inside: undefined, at: numberAt(inside, 0, place, layout) });
  }
  // Some programs end the file where the place of the next directory should stand.
  const next = bytes.length < end + place ? 0 : numberAt(bytes, end, place, layout);
  return { fields, next };
}

/** A whole number of 1 to 8 bytes. What no number here can be is more than a file has. */
export function numberAt(bytes: Buffer, from: number, size: number, { little }: Layout): number {
  if (size < 8) return little ? bytes.readUIntLE(from, size) : bytes.readUIntBE(from, size);
  return Number(little ? bytes.readBigUInt64LE(from) : bytes.readBigUInt64BE(from));
}
