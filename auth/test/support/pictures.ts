/** Files that hold the header of a picture and next to no pixels: what a service reads that never opens a picture further. */

type Size = { readonly width: number; readonly height: number };

export type TiffOptions = Partial<Size> & {
  /** Sizes of smaller versions; where nothing is said halves, until one is no larger than a tile. */
  readonly levels?: readonly Size[];
  /** Sizes of pages without smaller versions, in the place of the one picture. */
  readonly pages?: readonly Size[];
  /** Numbers of tags of the first directory that are another than those of a tiled RGB TIFF; `undefined` leaves one out. */
  readonly tags?: Readonly<Record<number, readonly number[] | undefined>>;
  readonly little?: boolean;
  /** BigTIFF. */
  readonly big?: boolean;
};

const TILE = 256;
const SHORT = 3;
const LONG = 4;

/** A TIFF of 6000 x 4000 pixels, tiled, with a pyramid, where nothing else is said. */
export function tiff(options: TiffOptions = {}) {
  const { width = 6000, height = 4000, levels, pages, tags = {}, little = true, big = false } = options;
  const sizes = pages ?? [{ width, height }, ...(levels ?? halvesOf({ width, height }))];
  const directories = sizes.map((size, index) => ({
    ...(index > 0 && !pages && { 254: [1] }),
    256: [size.width],
    257: [size.height],
    258: [8, 8, 8],
    259: [1],
    262: [2],
    277: [3],
    284: [1],
    322: [TILE],
    323: [TILE],
    ...(index === 0 && tags),
  }));
  return write(directories, little, big);
}

/** A JP2 of 6000 x 4000 pixels, RGB, with six resolutions where nothing else is said. */
export function jp2({
  width = 6000,
  height = 4000,
  decompositions = 5,
}: Partial<Size> & { decompositions?: number } = {}) {
  return Buffer.concat([
    box('jP  ', [0x0d, 0x0a, 0x87, 0x0a]),
    box('ftyp', [...Buffer.from('jp2 \0\0\0\0jp2 ')]),
    box('jp2h', [
      ...box('ihdr', [...long(height), ...long(width), 0, 3, 7, 7, 0, 0]),
      ...box('colr', [1, 0, 0, ...long(16)]),
    ]),
    box('jp2c', [
      ...[0xff, 0x4f, 0xff, 0x51, 0, 47, 0, 0],
      ...[width, height, 0, 0, width, height, 0, 0].flatMap(long),
      ...[0, 3, 7, 1, 1, 7, 1, 1, 7, 1, 1],
      ...[0xff, 0x52, 0, 12, 0, 0, 0, 1, 1, decompositions, 4, 4, 0, 0],
      ...[0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xd9],
    ]),
  ]);
}

/** A JPEG's frame, of three components. */
function jpeg({ width = 6000, height = 4000 }: Partial<Size> = {}): Buffer {
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
  return Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, ...frame, 0xff, 0xd9]);
}

/** What a file of this name holds where a test does not care. */
export function pictureFor(name: string): Buffer {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'jp2') return jp2();
  return ['jpg', 'jpeg'].includes(extension) ? jpeg() : tiff();
}

function halvesOf(size: Size): Size[] {
  if (Math.max(size.width, size.height) <= TILE) return [];
  const half = { width: Math.max(1, size.width >> 1), height: Math.max(1, size.height >> 1) };
  return [half, ...halvesOf(half)];
}

function write(directories: readonly object[], little: boolean, big: boolean): Buffer {
  const place = big ? 8 : 4;
  const number = (value: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    bytes.writeUIntLE(value, 0, Math.min(length, 6));
    return little ? bytes : bytes.reverse();
  };
  let at = big ? 16 : 8;
  const parts = [Buffer.from(little ? 'II' : 'MM'), number(big ? 43 : 42, 2)];
  if (big) parts.push(number(8, 2), number(0, 2));
  parts.push(number(at, place));
  for (const [index, directory] of directories.entries()) {
    const tags = Object.entries(directory as Record<string, number[] | undefined>).filter(([, values]) => values);
    const length = (big ? 8 : 2) + tags.length * (big ? 20 : 12) + place;
    const far: Buffer[] = [];
    parts.push(number(tags.length, big ? 8 : 2));
    for (const [tag, values = []] of tags) {
      const type = values.some((value) => value > 0xffff) ? LONG : SHORT;
      const bytes = Buffer.concat(values.map((value) => number(value, type === LONG ? 4 : 2)));
      const inside = bytes.length <= place;
      const farAt = at + length + far.reduce((sum, { length: size }) => sum + size, 0);
      parts.push(number(Number(tag), 2), number(type, 2), number(values.length, place));
      parts.push(inside ? Buffer.concat([bytes, Buffer.alloc(place - bytes.length)]) : number(farAt, place));
      if (!inside) far.push(bytes);
    }
    at += length + far.reduce((sum, { length: size }) => sum + size, 0);
    parts.push(number(index === directories.length - 1 ? 0 : at, place), ...far);
  }
  return Buffer.concat(parts);
}

function box(type: string, content: readonly number[]): Buffer {
  return Buffer.from([...long(8 + content.length), ...Buffer.from(type, 'latin1'), ...content]);
}

function long(value: number): number[] {
  return [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}
