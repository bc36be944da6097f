import { expect, test } from 'vitest';
import { grey, rgb } from '../../test/support/quarters.ts';
import type { PageSource } from '../shared/source.ts';
import { stepsOf } from './steps.ts';

const files = { master: 'IN', made: 'OUT.tif', between: 'BETWEEN.tif' };
const FORM = '[tile,pyramid,tile_width=512,tile_height=512,compression=jpeg,Q=87,strip]';

/** As a shell would have it; those that may not start every loader in brackets. */
function stepsFor(differs: Partial<PageSource>, isByName = false): string[] {
  const photo: PageSource = { ...rgb, loader: 'jpegload', width: 6001, height: 4003, ...differs };
  return stepsOf(photo, { quality: 87, dotsPerInch: 200 }, files, isByName).map((pipe) =>
    pipe
      .map(({ program, args, variables = {} }) => {
        const name = program === process.execPath ? 'node' : program;
        const text = [name, ...args.map((arg) => arg.replace(/.*\//v, ''))]
          .join(' ')
          .replaceAll(FORM, '[]')
          .replaceAll('.pnm[background=255]', '.pnm');
        return name === 'vips' && !('VIPS_BLOCK_UNTRUSTED' in variables) ? `(${text})` : text;
      })
      .join(' | '),
  );
}

const EMBED = 'vips embed stdin OUT.tif[] 0 0 6144 4096 --extend copy';

test.each<[string, Partial<PageSource>, string[]]>([
  [
    'a photo is opened, continued and written by one program',
    {},
    ['(vips embed IN[fail-on=truncated] OUT.tif[] 0 0 6144 4096 --extend copy)'],
  ],
  ['whole blocks are only written', { width: 6144, height: 4096 }, ['(vips copy IN[fail-on=truncated] OUT.tif[])']],
  [
    'what is too large for the memory flows',
    { width: 24_000, height: 16_001 },
    ['(vips copy IN[fail-on=truncated] .pnm) | node extend.ts 24576 16384 | vips copy stdin OUT.tif[]'],
  ],
  [
    'a profile',
    { profile: 'other' },
    [
      `(vips icc_transform IN[fail-on=truncated] .pnm srgb --embedded --input-profile srgb --intent perceptual) | ${EMBED}`,
    ],
  ],
  [
    'alpha of 16 bits and a profile: both are kept until they are used',
    { ...grey, loader: 'pngload', width: 6001, height: 4003, bits: 16, samples: 2, alpha: 'plain', profile: 'other' },
    [
      `(vips icc_transform IN[fail-on=truncated] .png[compression=0] srgb --embedded --intent perceptual --depth 16) | vips flatten stdin .pnm --background 65535 | vips colourspace stdin .pnm b-w | ${EMBED}`,
    ],
  ],
  [
    'JPEG 2000, by the name of its loader',
    { loader: 'jp2kload', page: 0 },
    [`vips jp2kload IN .pnm --access sequential --fail-on truncated | ${EMBED}`],
  ],
  [
    'a page of a PDF',
    { loader: 'pdfload', page: 7 },
    [`vips pdfload IN .pnm --access sequential --page 7 --dpi 200 --fail-on truncated | ${EMBED}`],
  ],
  [
    'a TIFF in planes is put together first',
    { loader: 'tiffload', page: 2, apart: true },
    [
      'tiffcp -c none -p contig IN,2 BETWEEN.tif',
      '(vips embed BETWEEN.tif[page=0,fail-on=truncated] OUT.tif[] 0 0 6144 4096 --extend copy)',
    ],
  ],
])('%s', (_, differs, wanted) => {
  expect(stepsFor(differs)).toEqual(wanted);
});

test('a loader that libvips would not choose is started by its name', () => {
  expect(stepsFor({ loader: 'tiffload', page: 1 }, true)).toEqual([
    `vips tiffload IN .pnm --access sequential --page 1 --fail-on truncated | ${EMBED}`,
  ]);
});
