import type { PageSource } from '../../src/shared/source.ts';

/** Small pictures of four colours, a quarter each, as TIFFs of every kind. */

export type Colour = readonly number[];
/** Upper left and right, lower left and right. */
export const COLOURS: readonly Colour[] = [
  [200, 30, 40],
  [20, 160, 60],
  [40, 50, 210],
  [240, 240, 250],
];
export const GREYS: readonly Colour[] = [[0], [85], [170], [255]];
const WIDTH = 80;
export const HEIGHT = 48;

export const rgb: PageSource = {
  ...{ loader: 'tiffload', page: 0, width: WIDTH, height: HEIGHT, orientation: 1, colour: 'rgb', minIsWhite: false },
  ...{ bits: 8, numbers: 'unsigned', samples: 3, alpha: undefined, profile: undefined, apart: false },
};
export const grey: PageSource = { ...rgb, colour: 'grey', samples: 1 };

/** Samples of the four quarters, as bytes of a picture. */
function pixels(
  quarters: readonly Colour[],
  write: (buffer: Buffer, value: number, at: number) => number,
  bytes: number,
): Buffer {
  const samples = quarters[0]?.length ?? 0;
  const buffer = Buffer.alloc(WIDTH * HEIGHT * samples * bytes);
  let at = 0;
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1)
      for (const value of quarters[(y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1)] ?? [])
        at = write(buffer, value, at);
  return buffer;
}

export const u8 = (quarters: readonly Colour[]): Buffer =>
  pixels(quarters, (buffer, value, at) => buffer.writeUInt8(value, at), 1);
export const u16 = (quarters: readonly Colour[]): Buffer =>
  pixels(quarters, (buffer, value, at) => buffer.writeUInt16LE(value * 257, at), 2);
export const u32 = (quarters: readonly Colour[]): Buffer =>
  pixels(quarters, (buffer, value, at) => buffer.writeUInt32LE(value * 16_843_009, at), 4);
export const f32 = (quarters: readonly Colour[]): Buffer =>
  pixels(quarters, (buffer, value, at) => buffer.writeFloatLE(value / 255, at), 4);

type Tags = Readonly<Record<number, readonly number[]>>;

/** A TIFF of one strip; all values are longs, which readers take for shorts too. */
export function tiff(data: Buffer, photometric: number, bits: number, samples: number, more: Tags = {}): Buffer {
  const plain: Tags = {
    256: [WIDTH],
    257: [HEIGHT],
    258: Array<number>(samples).fill(bits),
    259: [1],
    262: [photometric],
    273: [8],
    277: [samples],
    278: [HEIGHT],
    279: [data.length],
    284: [1],
  };
  const tags = Object.entries({ ...plain, ...more }).map(([tag, values]) => ({ tag: Number(tag), values }));
  const start = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  start.writeUInt32LE(8 + data.length, 4);
  const directory = Buffer.alloc(2 + 12 * tags.length + 4);
  directory.writeUInt16LE(tags.length);
  const lists: Buffer[] = [];
  let after = 8 + data.length + directory.length;
  for (const [index, { tag, values }] of tags.sort((a, b) => a.tag - b.tag).entries()) {
    const list = Buffer.alloc(values.length * 2);
    const isShort = values.every((value) => value < 65_536);
    const at = 2 + 12 * index;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(isShort ? 3 : 4, at + 2);
    directory.writeUInt32LE(values.length, at + 4);
    if (values.length === 1) directory.writeUInt32LE(values[0] ?? 0, at + 8);
    else if (values.length === 2)
      for (const [n, value] of values.entries()) directory.writeUInt16LE(value, at + 8 + 2 * n);
    else {
      for (const [n, value] of values.entries()) list.writeUInt16LE(value, 2 * n);
      directory.writeUInt32LE(after, at + 8);
      lists.push(list);
      after += list.length;
    }
  }
  return Buffer.concat([start, data, directory, ...lists]);
}

export const withAlpha = (quarters: readonly Colour[]): Colour[] => quarters.map((colour, n) => [...colour, n * 85]);
export const onWhite = (quarters: readonly Colour[]): Colour[] =>
  quarters.map((colour, n) => colour.map((value) => (value * n * 85 + 255 * (255 - n * 85)) / 255));
export const multiplied = (quarters: readonly Colour[]): Colour[] =>
  withAlpha(quarters).map((colour) =>
    colour.map((value, k) => (k === colour.length - 1 ? value : Math.round((value * (colour.at(-1) ?? 0)) / 255))),
  );
export const inverted = (quarters: readonly Colour[]): Colour[] =>
  quarters.map((colour) => colour.map((value) => 255 - value));
export const packed = (bits: number, values: readonly number[]): Buffer => {
  const perByte = 8 / bits;
  const buffer = Buffer.alloc((WIDTH * HEIGHT) / perByte);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    const value = values[(y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1)] ?? 0;
    const byte = Math.floor(pixel / perByte);
    buffer[byte] = (buffer[byte] ?? 0) | (value << (8 - bits - bits * (pixel % perByte)));
  }
  return buffer;
};
export const palette = [0, 1, 2].flatMap((channel) =>
  Array.from({ length: 16 }, (_, n) => (COLOURS[n]?.[channel] ?? 0) * 257),
);
