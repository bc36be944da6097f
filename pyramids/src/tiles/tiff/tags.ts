import type { Dimensions } from '../../shared/dimensions.ts';
import { Malformed, type Bytes } from '../bytes.ts';
import type { Directory, Layout } from './directory.ts';
import { valuesOf } from './list.ts';

export const TAG = {
  subfile: 254,
  oldSubfile: 255,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  samples: 277,
  planar: 284,
  tileWidth: 322,
  tileHeight: 323,
  offsets: 324,
  counts: 325,
  subDirectories: 330,
  tables: 347,
};

/** A file, and how it spells its numbers. */
export type Tiff = { readonly file: Bytes; readonly layout: Layout };

/** The one value of a tag. Throws `Malformed` where it has several. */
export async function valueOf(
  { file, layout }: Tiff,
  { fields }: Directory,
  tag: number,
  otherwise: number,
): Promise<number> {
  const field = fields.get(tag);
  if (!field) return otherwise;
  const [value] = await valuesOf(file, field, layout, 1);
  return value ?? otherwise;
}

/** Throws `Malformed` where it has none. */
export async function sizeOf(tiff: Tiff, directory: Directory): Promise<Dimensions> {
  const width = await valueOf(tiff, directory, TAG.width, 0);
  const height = await valueOf(tiff, directory, TAG.height, 0);
  if (width === 0 || height === 0) throw new Malformed('a picture in it has no size');
  return { width, height };
}
