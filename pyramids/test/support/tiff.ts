/** TIFFs that hold tags and next to no pixels: what a reader of headers sees. */
import { jpeg } from './pictures.ts';

type Size = { readonly width: number; readonly height: number };

/**
 * One directory: numbers of a tag, or its bytes (type 7); what each of its tiles holds, or all of them, row by row; the
 * directories below it.
 */
export type DirectoryOptions = {
  readonly tags: Readonly<Record<number, readonly number[] | Buffer | undefined>>;
  readonly tile?: Buffer | readonly Buffer[];
  readonly below?: readonly DirectoryOptions[];
};
export type Layout = { readonly little?: boolean; readonly big?: boolean };

export type PyramidOptions = Partial<Size> & {
  /** Sizes of smaller versions; where nothing is said halves, until one is no larger than a tile. */
  readonly levels?: readonly Size[];
  /** Pixels of the side of a tile. */
  readonly tile?: number;
  /** Tags of all directories, and of the first one alone, that are others; `undefined` leaves one out. */
  readonly all?: DirectoryOptions['tags'];
  readonly tags?: DirectoryOptions['tags'];
  /** Of the smaller versions. */
  readonly ofLevels?: DirectoryOptions['tags'];
  /** Whether the smaller versions lie below the first directory. */
  readonly subDirectories?: boolean;
  /** Directories behind all others. */
  readonly more?: readonly DirectoryOptions[];
};

/** A pyramid of 6000 x 4000 pixels, RGB, in tiles of 256 as JPEG, where nothing else is said. */
export function pyramid(options: PyramidOptions & Layout = {}): Buffer {
  const { width = 6000, height = 4000, tile = 256, all, tags, ofLevels, subDirectories = false, more = [] } = options;
  const levels = options.levels ?? halvesOf({ width, height }, tile);
  const [first, ...smaller] = [{ width, height }, ...levels].map((size, index) => {
    const merged: DirectoryOptions['tags'] = {
      ...directoryOf(size, tile),
      ...(index > 0 && { 254: [1] }),
      ...all,
      ...(index === 0 ? tags : ofLevels),
    };
    const samples = merged[277]?.[0] ?? 1;
    const isJpeg = merged[259]?.[0] === 7;
    const content = isJpeg ? jpeg({ width: tile, height: tile, components: samples }) : Buffer.alloc(16, 1);
    return { tags: merged, tile: content };
  }) as [DirectoryOptions, ...DirectoryOptions[]];
  return subDirectories
    ? writeTiff([{ ...first, below: smaller }, ...more], options)
    : writeTiff([first, ...smaller, ...more], options);
}

/** The tags of a picture in tiles of RGB as JPEG. */
export function directoryOf({ width, height }: Size, tile?: number): Record<number, readonly number[]> {
  return {
    256: [width],
    257: [height],
    258: [8, 8, 8],
    259: [tile === undefined ? 1 : 7],
    262: [tile === undefined ? 2 : 6],
    277: [3],
    284: [1],
    ...(tile !== undefined && { 322: [tile], 323: [tile] }),
  };
}

function halvesOf(size: Size, tile: number): Size[] {
  if (Math.max(size.width, size.height) <= tile) return [];
  const half = { width: Math.max(1, size.width >> 1), height: Math.max(1, size.height >> 1) };
  return [half, ...halvesOf(half, tile)];
}

/** Writes directories, each behind what it points to. */
export function writeTiff(
  directories: readonly DirectoryOptions[],
  { little = true, big = false }: Layout = {},
): Buffer {
  const place = big ? 8 : 4;
  let length = 0;
  const parts: Buffer[] = [];
  const put = (bytes: Buffer): number => {
    parts.push(bytes);
    length += bytes.length;
    return length - bytes.length;
  };
  const number = (value: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    bytes.writeUIntLE(value, 0, Math.min(size, 6));
    return little ? bytes : bytes.reverse();
  };
  put(Buffer.concat([Buffer.from(little ? 'II' : 'MM'), number(big ? 43 : 42, 2)]));
  if (big) put(Buffer.concat([number(8, 2), number(0, 2)]));
  let before = number(0, place);
  put(before);

  let lastAt = 0;
  const directory = (options: DirectoryOptions): Buffer => {
    const below = (options.below ?? []).map((one) => {
      directory(one);
      return lastAt;
    });
    const tags: DirectoryOptions['tags'] = {
      ...(below.length > 0 && { 330: below }),
      ...tilesOf(options),
      ...options.tags,
    };
    const entries = Object.entries(tags).flatMap(([tag, values]) => {
      if (values === undefined) return [];
      const isNumber = !Buffer.isBuffer(values);
      const wide = isNumber && values.some((value) => value > 0xffff);
      const [type, size] = isNumber ? (wide ? (big ? [16, 8] : [4, 4]) : [3, 2]) : [7, 1];
      const bytes = isNumber ? Buffer.concat(values.map((value) => number(value, size))) : values;
      const inside = Buffer.concat([bytes, Buffer.alloc(Math.max(0, place - bytes.length))]);
      const value = bytes.length <= place ? inside : number(put(bytes), place);
      return [number(Number(tag), 2), number(type, 2), number(values.length, place), value];
    });
    const next = number(0, place);
    lastAt = put(Buffer.concat([number(entries.length / 4, big ? 8 : 2), ...entries]));
    put(next);
    return next;
  };
  const tilesOf = ({ tags, tile }: DirectoryOptions): Record<number, number[]> => {
    if (!tile) return {};
    if (!Buffer.isBuffer(tile)) return { 324: tile.map(put), 325: tile.map(({ length }) => length) };
    const of = (tag: number): number => tags[tag]?.[0] ?? Infinity;
    const count = Math.ceil(of(256) / of(322)) * Math.ceil(of(257) / of(323)) || 1;
    return { 324: Array<number>(count).fill(put(tile)), 325: Array<number>(count).fill(tile.length) };
  };
  for (const options of directories) {
    const next = directory(options);
    number(lastAt, place).copy(before);
    before = next;
  }
  return Buffer.concat(parts);
}
