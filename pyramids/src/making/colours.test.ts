import { test } from 'vitest';
import { coloursOf, expectNear, file, useFolder } from '../../test/support/conversions.ts';
import {
  COLOURS,
  GREYS,
  f32,
  grey,
  inverted,
  multiplied,
  onWhite,
  packed,
  palette,
  rgb,
  tiff,
  u16,
  u32,
  u8,
  withAlpha,
  type Colour,
} from '../../test/support/quarters.ts';
import type { PageSource } from '../shared/source.ts';

useFolder();

/*
 * Small pictures, and what is made of them. That larger ones are right too, in the eyes of other programs, is tried by
 * e2e/pictures.
 */

type Row = readonly [name: string, content: () => Buffer, source: PageSource, wanted: readonly Colour[]];
const rows: readonly Row[] = [
  ['RGB', () => tiff(u8(COLOURS), 2, 8, 3), rgb, COLOURS],
  ['RGB of 16 bits', () => tiff(u16(COLOURS), 2, 16, 3), { ...rgb, bits: 16 }, COLOURS],
  [
    'RGB with alpha',
    () => tiff(u8(withAlpha(COLOURS)), 2, 8, 4, { 338: [2] }),
    { ...rgb, samples: 4, alpha: 'plain' },
    onWhite(COLOURS),
  ],
  [
    'RGB with alpha of 16 bits',
    () => tiff(u16(withAlpha(COLOURS)), 2, 16, 4, { 338: [2] }),
    { ...rgb, bits: 16, samples: 4, alpha: 'plain' },
    onWhite(COLOURS),
  ],
  [
    'RGB that is multiplied by alpha',
    () => tiff(u8(multiplied(COLOURS)), 2, 8, 4, { 338: [1] }),
    { ...rgb, samples: 4, alpha: 'multiplied' },
    onWhite(COLOURS),
  ],
  [
    'RGB with a sample of no meaning',
    () => tiff(u8(withAlpha(COLOURS)), 2, 8, 4, { 338: [0] }),
    { ...rgb, samples: 4 },
    COLOURS,
  ],
  [
    'RGB in planes',
    () =>
      tiff(Buffer.concat([0, 1, 2].map((n) => u8(COLOURS.map((colour) => [colour[n] ?? 0])))), 2, 8, 3, {
        273: [8, 3848, 7688],
        279: [3840, 3840, 3840],
        284: [2],
      }),
    { ...rgb, apart: true },
    COLOURS,
  ],
  [
    'RGB of floating numbers',
    () => tiff(f32(COLOURS), 2, 32, 3, { 339: [3, 3, 3] }),
    { ...rgb, bits: 32, numbers: 'float' },
    COLOURS,
  ],
  ['RGB of 32 bits', () => tiff(u32(COLOURS), 2, 32, 3), { ...rgb, bits: 32 }, COLOURS],
  ['grey', () => tiff(u8(GREYS), 1, 8, 1), grey, GREYS],
  ['grey of 16 bits', () => tiff(u16(GREYS), 1, 16, 1), { ...grey, bits: 16 }, GREYS],
  [
    'grey with alpha',
    () => tiff(u8(withAlpha(GREYS)), 1, 8, 2, { 338: [2] }),
    { ...grey, samples: 2, alpha: 'plain' },
    onWhite(GREYS),
  ],
  [
    'grey with alpha of 16 bits',
    () => tiff(u16(withAlpha(GREYS)), 1, 16, 2, { 338: [2] }),
    { ...grey, bits: 16, samples: 2, alpha: 'plain' },
    onWhite(GREYS),
  ],
  [
    'grey of floating numbers',
    () => tiff(f32(GREYS), 1, 32, 1, { 339: [3] }),
    { ...grey, bits: 32, numbers: 'float' },
    GREYS,
  ],
  [
    'grey with a sign',
    () => tiff(u8(GREYS.map(([value = 0]) => [(value + 128) % 256])), 1, 8, 1, { 339: [2] }),
    { ...grey, numbers: 'signed' },
    GREYS,
  ],
  ['grey, the least is white', () => tiff(u8(inverted(GREYS)), 0, 8, 1), { ...grey, minIsWhite: true }, GREYS],
  [
    'grey of 16 bits, the least is white',
    () => tiff(u16(inverted(GREYS)), 0, 16, 1),
    { ...grey, bits: 16, minIsWhite: true },
    GREYS,
  ],
  ['grey of 4 bits', () => tiff(packed(4, [0, 5, 10, 15]), 1, 4, 1), { ...grey, bits: 4 }, GREYS],
  ['grey of 2 bits', () => tiff(packed(2, [0, 1, 2, 3]), 1, 2, 1), { ...grey, bits: 2 }, GREYS],
  ['black and white', () => tiff(packed(1, [0, 1, 1, 0]), 1, 1, 1), { ...grey, bits: 1 }, [[0], [255], [255], [0]]],
  [
    'black and white, 0 is white',
    () => tiff(packed(1, [0, 1, 1, 0]), 0, 1, 1),
    { ...grey, bits: 1, minIsWhite: true },
    [[255], [0], [0], [255]],
  ],
  [
    'palette',
    () => tiff(packed(4, [0, 1, 2, 3]), 3, 4, 1, { 320: palette }),
    { ...rgb, colour: 'palette', bits: 4, samples: 1 },
    COLOURS,
  ],
];

test.each(rows)('TIFF: %s', async (_, content, source, wanted) => {
  expectNear(await coloursOf(file(content()), source), wanted);
});

// libvips reads the lightest white of 8 bits as 99.7 of 100.
test('TIFF: Lab, which is that of D50', async () => {
  const red = [138, 81, 70];
  const content = tiff(u8([[0, 0, 0], [255, 0, 0], [137, 0, 0], red]), 8, 8, 3);
  const wanted = [0, 255, 128].map((value) => [value, value, value]);
  expectNear(await coloursOf(file(content), { ...rgb, colour: 'lab' }), [...wanted, [255, 0, 0]], 6);
});
