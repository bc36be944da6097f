import { describe, expect, it } from 'vitest';
import { box, exif, gif, iccp, jp2, jpeg, long, png, profile, segment, webp } from '../../test/support/pictures.ts';
import { read } from '../../test/support/reading.ts';
import { directoryOf, pyramid, writeTiff, type DirectoryOptions } from '../../test/support/tiff.ts';
import { isShownMeanwhile } from './meanwhile.ts';
import { pagesOf } from './pages.ts';

async function pages(file: Buffer) {
  const { reading } = await read(file);
  if (reading.kind !== 'header' || reading.header.format === 'pdf' || reading.header.format === 'heif')
    throw new Error(JSON.stringify(reading));
  return pagesOf(reading.header);
}

const tiff = (tags: DirectoryOptions['tags']) =>
  writeTiff([{ tags: { ...directoryOf({ width: 70, height: 50 }), ...tags } }]);
const jpegProfile = (content: Buffer) => segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), content]));

describe('what a picture is to its loader', () => {
  it.each<[string, Buffer, object]>([
    ['TIFF', tiff({}), { loader: 'tiffload', page: 0, width: 70, height: 50, colour: 'rgb', bits: 8, samples: 3 }],
    ['TIFF on its side', tiff({ 274: [8] }), { orientation: 8, width: 70 }],
    ['TIFF that lies in no known way', tiff({ 274: [9] }), { orientation: 1 }],
    ['TIFF, a negative', tiff({ 262: [0], 277: [1], 258: [16] }), { colour: 'grey', minIsWhite: true, bits: 16 }],
    [
      'TIFF, black and white',
      tiff({ 262: [1], 277: [1], 258: undefined }),
      { colour: 'grey', minIsWhite: false, bits: 1 },
    ],
    ['TIFF, palette', tiff({ 262: [3], 277: [1], 258: [4] }), { colour: 'palette', bits: 4, samples: 1 }],
    [
      'TIFF, CMYK',
      tiff({ 262: [5], 277: [4], 258: [8], 34_675: profile({ space: 'CMYK' }) }),
      { colour: 'cmyk', profile: 'other' },
    ],
    ['TIFF, Lab', tiff({ 262: [8] }), { colour: 'lab' }],
    ['TIFF, float', tiff({ 339: [3], 258: [32] }), { numbers: 'float', bits: 32 }],
    ['TIFF, signed', tiff({ 339: [2] }), { numbers: 'signed' }],
    ['TIFF, alpha', tiff({ 277: [4], 258: [8], 338: [2] }), { alpha: 'plain', samples: 4 }],
    ['TIFF, alpha multiplied in', tiff({ 277: [4], 258: [8], 338: [1] }), { alpha: 'multiplied' }],
    [
      'TIFF, samples of no meaning',
      tiff({ 277: [5], 258: [8], 338: [0, 0] }),
      { alpha: undefined, samples: 5, colour: 'rgb' },
    ],
    ['TIFF, samples apart', tiff({ 284: [2] }), { apart: true }],
    ['TIFF, one sample is never apart', tiff({ 262: [1], 277: [1], 258: [8], 284: [2] }), { apart: false }],
    [
      'JPEG on its side',
      jpeg({ segments: [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)]))] }),
      { loader: 'jpegload', orientation: 6, width: 6000, colour: 'rgb' },
    ],
    ['JPEG, grey', jpeg({ components: 1 }), { colour: 'grey', samples: 1 }],
    [
      'JPEG, CMYK',
      jpeg({ components: 4, segments: [jpegProfile(profile({ space: 'CMYK' }))] }),
      { colour: 'cmyk', profile: 'other' },
    ],
    ['JPEG, sRGB', jpeg({ segments: [jpegProfile(profile())] }), { profile: 'srgb' }],
    [
      'JPEG with the profile of others',
      jpeg({ components: 1, segments: [jpegProfile(profile())] }),
      { profile: undefined },
    ],
    [
      'PNG of 16 bits',
      png({ bits: 16, colourType: 0 }),
      { loader: 'pngload', bits: 16, colour: 'grey', alpha: undefined },
    ],
    ['PNG with alpha', png({ colourType: 6 }), { samples: 4, alpha: 'plain' }],
    [
      'PNG with a palette',
      png({ bits: 2, colourType: 3, chunks: [['tRNS', Buffer.alloc(1)]] }),
      { colour: 'palette', alpha: 'plain' },
    ],
    ['PNG of other colours', png({ chunks: [iccp(profile({ gamma: 1.8 }))] }), { profile: 'other' }],
    ['WebP', webp({ width: 70, height: 50 }, 0x10, []), { loader: 'webpload', samples: 4, alpha: 'plain' }],
    // 1 x 1 pixel; the bit of alpha is the last of the byte before the last.
    [
      'WebP without loss',
      Buffer.from('RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f\0\0\0\0\0\0\0\0\0\0', 'latin1'),
      { alpha: undefined },
    ],
    [
      'WebP without loss, with alpha',
      Buffer.from('RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f\0\0\0\x10\0\0\0\0\0\0', 'latin1'),
      { alpha: 'plain' },
    ],
    ['JPEG 2000', jp2({ bits: 16 }), { loader: 'jp2kload', colour: 'rgb', bits: 16, samples: 3 }],
    [
      'JPEG 2000, grey by its profile',
      jp2({ components: 1, colours: [2, 0, 0, ...profile({ space: 'GRAY' })] }),
      { colour: 'grey', profile: 'srgb' },
    ],
    ['JPEG 2000, CMYK', jp2({ components: 4, colours: [1, 0, 0, ...long(12)] }), { colour: 'cmyk' }],
    ['JPEG 2000, palette', jp2({ components: 1, more: box('pclr', [0]) }), { colour: 'palette' }],
  ])('%s', async (_, file, expected) => {
    expect(await pages(file)).toMatchObject([expected]);
  });

  it('pages, as the loader counts them: directories of a TIFF, frames', async () => {
    const size = { width: 70, height: 50 };
    const one = { tags: directoryOf(size) };
    const book = writeTiff([{ tags: { ...one.tags, 254: [1] } }, one, { tags: { ...one.tags, 254: [4] } }, one]);
    expect((await pages(book)).map(({ page }) => page)).toEqual([1, 3]);
    expect((await pages(gif(size, [size, size]))).map(({ page }) => page)).toEqual([0, 1]);
    const frame = ['ANMF', Buffer.alloc(16)] as const;
    expect((await pages(webp(size, 2, [frame, frame]))).map(({ page }) => page)).toEqual([0, 1]);
    expect(await pages(pyramid())).toHaveLength(1);
  });
});

describe('JPEG 2000 that is shown meanwhile', () => {
  const offset = jp2();
  offset.writeUInt32BE(8, offset.indexOf('\xff\x4f\xff\x51', 0, 'latin1') + 16);
  it.each<[string, Buffer, boolean, boolean]>([
    ['RGB', jp2(), true, true],
    ['RGB by its profile', jp2({ colours: [2, 0, 0, ...profile()] }), true, true],
    ['other colours by its profile', jp2({ colours: [2, 0, 0, ...profile({ gamma: 1.8 })] }), false, false],
    ['alpha', jp2({ components: 4, more: box('cdef', [0, 1, 0, 3, 0, 1, 0, 0]) }), false, false],
    ['grey', jp2({ components: 1, colours: [1, 0, 0, ...long(17)] }), true, true],
    ['grey with a component of no meaning', jp2({ components: 2, colours: [1, 0, 0, ...long(17)] }), true, false],
    ['16 bits', jp2({ bits: 16 }), true, false],
    ['12 bits', jp2({ bits: 12 }), false, false],
    ['too few resolutions', jp2({ decompositions: 2 }), false, true],
    ['one pixel high', jp2({ height: 1 }), true, false],
    ['sYCC', jp2({ colours: [1, 0, 0, ...long(18)] }), false, false],
    ['CMYK', jp2({ components: 4, colours: [1, 0, 0, ...long(12)] }), false, false],
    ['a palette', jp2({ components: 1, more: box('pclr', [0]) }), false, false],
    ['beginning elsewhere', offset, false, false],
    ['without boxes', jp2().subarray(jp2().indexOf('\xff\x4f\xff\x51', 0, 'latin1')), false, false],
  ])('%s', async (_, file, iipsrv, digilib) => {
    const { reading } = await read(file);
    if (reading.kind !== 'header' || !('offset' in reading.header)) throw new Error(JSON.stringify(reading));
    expect(isShownMeanwhile(reading.header, 'iipsrv')).toBe(iipsrv);
    expect(isShownMeanwhile(reading.header, 'digilib')).toBe(digilib);
  });
});
