import { expect, it } from 'vitest';
import { box, jp2, jpeg } from '../../test/support/pictures.ts';
import { read } from '../../test/support/reading.ts';
import { pyramid } from '../../test/support/tiff.ts';
import { unsuitabilityOf } from './unsuitable.ts';

const elsewhere = jp2();
elsewhere.writeUInt32BE(8, elsewhere.indexOf('\xff\x4f\xff\x51', 0, 'latin1') + 16);

it.each<[string | undefined, Buffer]>([
  [undefined, pyramid()],
  [undefined, pyramid({ all: { 262: [2], 259: [33_004] } })],
  [undefined, pyramid({ all: { 262: [2], 258: [32], 339: [3, 3, 3], 259: [8] } })],
  ['a raw file of a camera', pyramid({ tags: { 50_706: Buffer.from([1, 4, 0, 0]) } })],
  ['a TIFF with samples of unequal bits', pyramid({ tags: { 258: [5, 6, 5] } })],
  ['a TIFF with samples of an unusual number of bits', pyramid({ tags: { 258: [12, 12, 12] } })],
  ['a TIFF with samples that are no plain numbers', pyramid({ tags: { 339: [6] } })],
  ['a TIFF with samples that are no plain numbers', pyramid({ tags: { 339: [1, 1, 3] } })],
  ['a TIFF of YCbCr that is no JPEG', pyramid({ tags: { 259: [1] } })],
  ['a TIFF of YCbCr that is no JPEG', pyramid({ tags: { 259: [6] } })],
  ['a TIFF that is compressed in an unusual way', pyramid({ tags: { 262: [2], 259: [34_712] } })],
  [undefined, jp2()],
  ['a JPEG 2000 with a palette, which libvips does not read', jp2({ components: 1, more: box('pclr', [0]) })],
  ['a JPEG 2000 whose picture begins elsewhere than its grid, which libvips does not read', elsewhere],
  [undefined, jpeg({ process: 10 })],
  ['a JPEG without loss', jpeg({ process: 3 })],
  ['a JPEG of more than 8 bits', jpeg({ bits: 12, process: 1 })],
  ['a JPEG that is neither grey nor RGB nor CMYK', jpeg({ components: 2 })],
])('%s (%#)', async (reason, file) => {
  const { reading } = await read(file);
  expect(reading.kind === 'header' && unsuitabilityOf(reading.header)?.reason).toBe(reason);
});
