import { bytesAt, checkPlace, Malformed, type Bytes } from '../bytes.ts';
import { numberAt, type Field, type Layout } from './directory.ts';

/** Lists up to this many bytes are kept; of a longer one each value is read when it is asked for. */
const KEPT = 16_384;

/** The values of a tag that has one for each tile. */
export type List = { readonly length: number; readonly field: Field; readonly layout: Layout; readonly kept?: Buffer };

/** Throws `Malformed` where the list is not within the file. */
export async function readList(file: Bytes, field: Field, layout: Layout): Promise<List> {
  const length = field.count;
  const bytes = length * field.size;
  if (field.inside) return { length, field, layout, kept: field.inside };
  checkPlace(file, field.at, bytes);
  return { length, field, layout, ...(bytes <= KEPT && { kept: await bytesAt(file, field.at, bytes) }) };
}

/** One value of it. Throws `Malformed`. */
export async function entryOf(file: Bytes, { length, field, layout, kept }: List, index: number): Promise<number> {
  if (index < 0 || index >= length) throw new Malformed('it has fewer tiles than its size needs');
  const { size, at } = field;
  if (kept) return numberAt(kept, index * size, size, layout);
  return numberAt(await bytesAt(file, at + index * size, size), 0, size, layout);
}

/** All values of a short tag. Throws `Malformed`. */
export async function valuesOf(file: Bytes, field: Field, layout: Layout, most: number): Promise<number[]> {
  if (field.count > most) throw new Malformed('a tag of it has too many values');
  const bytes = field.inside ?? (await bytesAt(file, field.at, field.count * field.size));
  return Array.from({ length: field.count }, (_, index) => numberAt(bytes, index * field.size, field.size, layout));
}
