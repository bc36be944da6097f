/** Files that hold the header of a picture and next to no pixels. */
import { deflateSync } from 'node:zlib';

type Size = { readonly width: number; readonly height: number };

/** A JPEG's frame of 6000 x 4000 pixels, three components, where nothing else is said; `segments` stand ahead of it. */
export function jpeg({
  width = 6000,
  height = 4000,
  components = 3,
  process = 0,
  bits = 8,
  segments = [],
}: Partial<Size> & {
  components?: number;
  process?: number;
  bits?: number;
  segments?: readonly Buffer[];
} = {}): Buffer {
  const each = Array.from({ length: components }, (_, index) => [index + 1, 0x11, 0]).flat();
  const frame = [bits, height >> 8, height & 255, width >> 8, width & 255, components, ...each];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(0xc0 + process, Buffer.from(frame)),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A segment of a JPEG. */
export function segment(marker: number, content: Buffer): Buffer {
  const length = content.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), content]);
}

/** EXIF that says an orientation. */
export function exif(orientation: number): Buffer {
  return Buffer.from(`49492a0008000000010012010300010000000${orientation}00000000000000`, 'hex');
}

/** An ICC profile: `gamma` of its curves (undefined: that of sRGB), colorants of sRGB where nothing else is said. */
export function profile({
  space = 'RGB ',
  gamma,
  red = [0.4361, 0.2225, 0.0139],
  table = false,
}: { space?: string; gamma?: number; red?: readonly number[]; table?: boolean } = {}): Buffer {
  const fixed = (value: number): number[] => long(Math.round(value * 65_536));
  const xyz = (values: readonly number[]): Buffer =>
    Buffer.from([...Buffer.from('XYZ \0\0\0\0'), ...values.flatMap(fixed)]);
  const srgb = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.040_45];
  const curve =
    gamma === undefined
      ? Buffer.from([...Buffer.from('para\0\0\0\0\0\x03\0\0'), ...srgb.flatMap(fixed)])
      : Buffer.from([...Buffer.from('curv\0\0\0\0'), ...long(1), Math.floor(gamma), Math.round((gamma % 1) * 256)]);
  const tags: [string, Buffer][] = [
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz([0.3851, 0.7169, 0.0971])],
    ['bXYZ', xyz([0.1431, 0.0606, 0.7141])],
    ...['rTRC', 'gTRC', 'bTRC', 'kTRC'].map((name): [string, Buffer] => [name, curve]),
    ...(table ? ([['A2B0', Buffer.alloc(40)]] satisfies [string, Buffer][]) : []),
  ];
  const head = Buffer.alloc(128);
  head.write(space, 16, 'latin1');
  head.write('XYZ ', 20, 'latin1');
  head.write('acsp', 36, 'latin1');
  let at = 132 + 12 * tags.length;
  const list = tags.map(([name, content]) => {
    at += content.length;
    return Buffer.from([...Buffer.from(name), ...long(at - content.length), ...long(content.length)]);
  });
  return Buffer.concat([head, Buffer.from(long(tags.length)), ...list, ...tags.map(([, content]) => content)]);
}

/** A PNG of 700 x 500 pixels without any. */
export function png({
  width = 700,
  height = 500,
  bits = 8,
  colourType = 2,
  chunks = [],
}: Partial<Size> & {
  bits?: number;
  colourType?: number;
  chunks?: readonly (readonly [string, Buffer])[];
} = {}): Buffer {
  const all: (readonly [string, Buffer])[] = [
    ['IHDR', Buffer.from([...long(width), ...long(height), bits, colourType, 0, 0, 0])],
    ...chunks,
    ['IDAT', Buffer.alloc(4)],
  ];
  const written = all.map(([type, content]) =>
    Buffer.concat([Buffer.from(long(content.length)), Buffer.from(type), content, Buffer.alloc(4)]),
  );
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...written]);
}

/** The chunk of a PNG that holds a profile. */
export function iccp(content: Buffer): readonly [string, Buffer] {
  return ['iCCP', Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflateSync(content)])];
}

/** A GIF whose screen and frames have these sizes. */
export function gif(screen: Size, frames: readonly Size[]): Buffer {
  const short = (value: number): number[] => [value & 255, value >> 8];
  const extension = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
  const written = frames.map(({ width, height }) =>
    Buffer.from([
      ...extension,
      0x2c,
      0,
      0,
      0,
      0,
      ...short(width),
      ...short(height),
      0x80,
      ...Array<number>(6).fill(9),
      2,
      2,
      0x44,
      1,
      0,
    ]),
  );
  const head = [...Buffer.from('GIF89a'), ...short(screen.width), ...short(screen.height), 0x80, 0, 0];
  return Buffer.concat([Buffer.from([...head, ...Array<number>(6).fill(7)]), ...written, Buffer.from([0x3b])]);
}

/** A WebP that has chunks behind its head (VP8X); `flags` say which. */
export function webp({ width, height }: Size, flags: number, chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const small = (value: number): number[] => [value & 255, (value >> 8) & 255, value >> 16];
  const all: (readonly [string, Buffer])[] = [
    ['VP8X', Buffer.from([flags, 0, 0, 0, ...small(width - 1), ...small(height - 1)])],
    ...chunks,
  ];
  const written = all.map(([type, content]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(content.length);
    return Buffer.concat([Buffer.from(type), length, content, Buffer.alloc(content.length % 2)]);
  });
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), ...written]);
}

/** A JP2 of 6000 x 4000 pixels, RGB, with six resolutions where nothing else is said. */
export function jp2({
  width = 6000,
  height = 4000,
  decompositions = 5,
  components = 3,
  bits = 8,
  colours = [1, 0, 0, ...long(16)],
  more = Buffer.alloc(0),
}: Partial<Size> & {
  decompositions?: number;
  components?: number;
  bits?: number;
  /** Of the box that says them. */
  colours?: readonly number[];
  /** Boxes that stand ahead of that. */
  more?: Buffer;
} = {}): Buffer {
  const each = Array.from({ length: components }, () => [bits - 1, 1, 1]).flat();
  return Buffer.concat([
    box('jP  ', [0x0d, 0x0a, 0x87, 0x0a]),
    box('ftyp', [...Buffer.from('jp2 \0\0\0\0jp2 ')]),
    box('jp2h', [
      ...box('ihdr', [...long(height), ...long(width), 0, components, bits - 1, 7, 0, 0]),
      ...more,
      ...box('colr', colours),
    ]),
    box('jp2c', [
      ...[0xff, 0x4f, 0xff, 0x51, 0, 38 + 3 * components, 0, 0],
      ...[width, height, 0, 0, width, height, 0, 0].flatMap(long),
      ...[0, components, ...each],
      ...[0xff, 0x52, 0, 12, 0, 0, 0, 1, 1, decompositions, 4, 4, 0, 0],
      ...[0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xd9],
    ]),
  ]);
}

/** A PDF of empty pages, each with what stands in its dictionary. */
export function pdf(...pages: readonly string[]): string {
  const kids = pages.map((_, index) => `${index + 3} 0 R`).join(' ');
  return [
    '%PDF-1.4',
    '1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj',
    `2 0 obj <</Type/Pages/Kids[${kids}]/Count ${pages.length}>> endobj`,
    ...pages.map((page, index) => `${index + 3} 0 obj <</Type/Page/Parent 2 0 R${page}>> endobj`),
    `trailer <</Root 1 0 R/Size ${pages.length + 3}>>`,
    '%%EOF',
  ].join('\n');
}

export function box(type: string, content: readonly number[]): Buffer {
  return Buffer.from([...long(8 + content.length), ...Buffer.from(type, 'latin1'), ...content]);
}

export function long(value: number): number[] {
  return [(value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}
