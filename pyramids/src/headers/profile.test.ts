import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { profile } from '../../test/support/pictures.ts';
import { readProfile } from './profile.ts';
import { ByteSource } from './source.ts';

const read = (bytes: Buffer) =>
  readProfile(new ByteSource(bytes.length, (at, length) => bytes.subarray(at, at + length)));

it.each([
  ['sRGB', profile(), { space: 'RGB ', srgb: true }],
  ['another curve', profile({ gamma: 2.2 }), { space: 'RGB ', srgb: false }],
  ['other colours', profile({ red: [0.609, 0.311, 0.019] }), { space: 'RGB ', srgb: false }],
  ['a table', profile({ table: true }), { space: 'RGB ', srgb: false }],
  ['grey with the curve of sRGB', profile({ space: 'GRAY' }), { space: 'GRAY', srgb: true }],
  ['grey with another curve', profile({ space: 'GRAY', gamma: 1.8 }), { space: 'GRAY', srgb: false }],
  ['CMYK', profile({ space: 'CMYK' }), { space: 'CMYK', srgb: false }],
  ['cut', profile().subarray(0, 250), { space: 'RGB ', srgb: false }],
  ['none', Buffer.alloc(300), undefined],
  ['short', profile().subarray(0, 100), undefined],
])('%s', async (_, bytes, expected) => {
  expect(await read(bytes)).toEqual(expected);
});

const installed: [string, boolean][] = [
  ['/usr/share/color/icc/sRGB.icc', true],
  ['/usr/share/color/icc/ghostscript/srgb.icc', true],
  ['/usr/share/color/icc/compatibleWithAdobeRGB1998.icc', false],
];
it.for(installed)('%s, which a table or a formula may say', ([path, srgb], { skip }) => {
  if (!existsSync(path)) skip();
  return expect(read(readFileSync(path))).resolves.toEqual({ space: 'RGB ', srgb });
});
