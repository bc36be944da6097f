import { Malformed, type ByteSource } from './source.ts';

/** Of one directory: more are in no picture, and each of them is looked at. */
const MOST_ENTRIES = 1000;
/** Of one tag: bits of each sample, places of smaller versions. */
const MOST_VALUES = 64;

/** Bytes of a whole number, by its type. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 };

/** Where the values of a tag lie in the file, how many they are, and how many bytes each has (1 where it is no number). */
export type Place = { readonly at: number; readonly count: number; readonly size: number };

/** One image directory: values of tags, places of others, and where the next directory is (0: nowhere). */
export type Directory = {
  readonly tags: ReadonlyMap<number, readonly number[]>;
  readonly places: ReadonlyMap<number, Place>;
  readonly next: number;
};

/** How a TIFF spells its numbers. */
export type ByteLayout = { readonly little: boolean; readonly big: boolean };

/** Tags whose values are read, and tags of which it is enough where these are. */
export type Wanted = { readonly values: ReadonlySet<number>; readonly places: ReadonlySet<number> };

/**
 * Reads the directory at a place (TIFF 6.0, section 2; BigTIFF). What another program might read in another way is not
 * read at all: a tag of another type than whole numbers, or without a value. Of one that comes twice the first counts, as
 * for libtiff. Throws `Malformed`.
 */
export async function readDirectory(
  source: ByteSource,
  at: number,
  layout: ByteLayout,
  wanted: Wanted,
): Promise<Directory> {
  const { big } = layout;
  const head = big ? 8 : 2;
  const width = big ? 20 : 12;
  const word = big ? 8 : 4;
  const count = readNumber(await source.bytes(at, head), 0, head, layout);
  if (count === 0 || count > MOST_ENTRIES) throw new Malformed('a directory of it makes no sense');
  const end = at + head + count * width;
  const entries = await source.bytes(at + head, count * width);
  const tags = new Map<number, readonly number[]>();
  const places = new Map<number, Place>();
  for (let from = 0; from < entries.length; from += width) {
    const tag = readNumber(entries, from, 2, layout);
    const isPlace = wanted.places.has(tag);
    if ((!isPlace && !wanted.values.has(tag)) || tags.has(tag) || places.has(tag)) continue;
    const size = SIZES[readNumber(entries, from + 2, 2, layout)];
    const values = readNumber(entries, from + 4, word, layout);
    const inside = from + 4 + word;
    const fits = values * (size ?? 1) <= word;
    const place = { at: fits ? at + head + inside : readNumber(entries, inside, word, layout), count: values };
    if (isPlace) {
      places.set(tag, { ...place, size: size ?? 1 });
      continue;
    }
    if (size === undefined) throw new Malformed(`its tag ${tag} is no number`);
    if (values === 0 || values > MOST_VALUES) throw new Malformed(`its tag ${tag} has none or too many values`);
    tags.set(tag, await readNumbers(source, { ...place, size }, layout));
  }
  // Some programs end the file where the place of the next directory should stand.
  const next = end + word <= source.length ? readNumber(await source.bytes(end, word), 0, word, layout) : 0;
  return { tags, places, next };
}

/** The numbers at a place. Throws `Malformed`. */
export async function readNumbers(
  source: ByteSource,
  { at, count, size }: Place,
  layout: ByteLayout,
): Promise<readonly number[]> {
  const bytes = await source.bytes(at, count * size);
  return Array.from({ length: count }, (_, index) => readNumber(bytes, index * size, size, layout));
}

function readNumber(bytes: Buffer, from: number, length: number, { little }: ByteLayout): number {
  if (length < 8) return little ? bytes.readUIntLE(from, length) : bytes.readUIntBE(from, length);
  return Number(little ? bytes.readBigUInt64LE(from) : bytes.readBigUInt64BE(from));
}
