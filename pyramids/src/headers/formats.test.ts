import { describe, expect, it } from 'vitest';
import { box, exif, gif, iccp, jp2, jpeg, long, png, profile, segment, webp } from '../../test/support/pictures.ts';
import { headerOf, read } from '../../test/support/reading.ts';
import { pyramid } from '../../test/support/tiff.ts';
import { MOST_PAGES } from './tiff.ts';

const SRGB = { space: 'RGB ', srgb: true };

describe('JPEG', () => {
  it('its frame, and what stands ahead of it', async () => {
    const icc = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), profile()]);
    const segments = [
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])),
      segment(0xe2, icc),
      segment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x02')),
    ];
    expect(await headerOf(jpeg({ width: 700, height: 500, components: 4, process: 2, segments }), 'jpeg')).toEqual({
      format: 'jpeg',
      ...{ width: 700, height: 500, components: 4, bits: 8, process: 2 },
      ...{ orientation: 6, adobe: true, profile: SRGB },
    });
  });

  it('says nothing of what is not there, or makes no sense', async () => {
    const segments = [segment(0xe1, Buffer.from('Exif\0\0 not a TIFF at all')), segment(0xe2, Buffer.from('MPF\0'))];
    const nothing = { orientation: 1, adobe: false, profile: undefined };
    expect(await headerOf(jpeg(), 'jpeg')).toMatchObject(nothing);
    expect(await headerOf(jpeg({ segments }), 'jpeg')).toMatchObject(nothing);
  });

  it('of a profile in several parts the first tells of which colours it is', async () => {
    const part = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x02'), profile().subarray(0, 200)]);
    expect(await headerOf(jpeg({ segments: [segment(0xe2, part)] }), 'jpeg')).toMatchObject({
      profile: { space: 'RGB ', srgb: false },
    });
  });
});

describe('PNG', () => {
  it('bits, colours, transparency, orientation and profile', async () => {
    const chunks = [iccp(profile()), ['tRNS', Buffer.alloc(6)], ['eXIf', exif(3)]] as const;
    expect(await headerOf(png({ bits: 16, chunks }), 'png')).toEqual({
      format: 'png',
      ...{ width: 700, height: 500, bits: 16, colourType: 2 },
      ...{ transparent: true, orientation: 3, profile: SRGB },
    });
    expect(await headerOf(png(), 'png')).toMatchObject({ transparent: false, orientation: 1, profile: undefined });
  });

  it('a profile that is none, or without end, is passed over', async () => {
    const noise = ['iCCP', Buffer.from('name\0\0not packed')] as const;
    for (const chunk of [noise, iccp(Buffer.alloc(50_000_000))])
      expect(await headerOf(png({ chunks: [chunk] }), 'png')).toMatchObject({ profile: undefined });
  });
});

describe('GIF', () => {
  const frame = { width: 50, height: 40 };
  it('its frames', async () => {
    const file = gif({ width: 320, height: 200 }, [frame, frame, frame]);
    expect(await headerOf(file, 'gif')).toEqual({ format: 'gif', width: 320, height: 200, frames: 3 });
    expect(await headerOf(file.subarray(0, -4), 'gif')).toMatchObject({ frames: 3 });
  });

  it.each([
    ['0 x 0', { width: 0, height: 0 }, frame],
    ['that of a screen', { width: 1024, height: 768 }, frame],
    ['larger than any screen', { width: 3000, height: 60 }, frame],
    ['smaller than its first frame', { width: 10, height: 10 }, frame],
    ['another one', { width: 60, height: 10 }, { width: 60, height: 40 }],
  ])('a canvas of a size that is %s is what libvips makes of it', async (_, screen, size) => {
    expect(await headerOf(gif(screen, [frame]), 'gif')).toMatchObject(size);
  });

  it('no frame, and too many', async () => {
    expect((await read(gif({ width: 9, height: 9 }, []))).reading).toMatchObject({ kind: 'damaged' });
    const film = gif(
      { width: 9, height: 9 },
      Array.from({ length: MOST_PAGES + 1 }, () => frame),
    );
    expect((await read(film)).reading).toMatchObject({ kind: 'excessive' });
  });
});

describe('WebP', () => {
  it('alpha, frames, orientation and profile', async () => {
    const chunks = [
      ['ICCP', profile()],
      ['ANMF', Buffer.alloc(33)],
      ['ANMF', Buffer.alloc(34)],
      ['EXIF', exif(8)],
    ] as const;
    expect(await headerOf(webp({ width: 700, height: 500 }, 0x3a, chunks), 'webp')).toEqual({
      format: 'webp',
      ...{ width: 700, height: 500, alpha: true, frames: 2, orientation: 8, profile: SRGB },
    });
    const plain = await headerOf(webp({ width: 700, height: 500 }, 0, []), 'webp');
    expect(plain).toMatchObject({ alpha: false, frames: 1, orientation: 1 });
  });
});

describe('JPEG 2000', () => {
  it('halves, rounded up, one for each decomposition', async () => {
    expect(await headerOf(jp2({ width: 1001, height: 700, decompositions: 2 }), 'jp2')).toMatchObject({
      levels: [
        { width: 1001, height: 700 },
        { width: 501, height: 350 },
        { width: 251, height: 175 },
      ],
      colourSpace: 16,
      components: 3,
      alpha: undefined,
    });
  });

  it('its profile and its alpha', async () => {
    const more = box('cdef', [0, 4, ...[0, 0, 0, 0, 0, 1], ...[0, 3, 0, 1, 0, 0]]);
    const colours = [2, 0, 0, ...profile({ gamma: 2.2 })];
    expect(
      await headerOf(jp2({ components: 4, more: box('free', []), colours: [1, 0, 0, ...long(17)] }), 'jp2'),
    ).toMatchObject({ colourSpace: 17 });
    expect(
      await headerOf(
        jp2({ components: 4, more: Buffer.concat([box('cdef', [0, 2, 0, 0, 0, 0, 0, 1, 0, 3, 0, 1, 0, 0])]), colours }),
        'jp2',
      ),
    ).toMatchObject({
      colourSpace: undefined,
      profile: { space: 'RGB ', srgb: false },
      alpha: 'plain',
    });
    expect((await read(jp2({ more }))).reading.kind).toBe('damaged');
  });
});

describe('told by what is in it', () => {
  it.each([
    ['heif', Buffer.from('\0\0\0\x1cftypheic\0\0\0\0mif1heic', 'latin1')],
    ['heif', Buffer.from('\0\0\0\x20ftypavif\0\0\0\0mif1miaf', 'latin1')],
    ['heif', Buffer.from('\0\0\0\x20ftypabcd\0\0\0\0miafmif1', 'latin1')],
    ['pdf', Buffer.from('%PDF-1.7\n')],
    ['pdf', Buffer.from('\r\n some words of a mailer\r\n%PDF-1.4\n')],
    ['tiff', pyramid()],
  ])('%s', async (format, file) => {
    expect((await read(file)).reading).toMatchObject({ kind: 'header', header: { format } });
  });

  it.each([
    ['a drawing (SVG)', '<?xml version="1.0"?>\n<!-- words -->\n<svg xmlns="http://www.w3.org/2000/svg">'],
    ['a file of Photoshop', '8BPS\0\x01'],
    ['a film', '\0\0\0\x20ftypisom\0\0\0\0isomiso2'],
    ['a raw file of a camera', 'II*\0\x10\0\0\0CR\x02\0'],
    ['a raw file of a camera', '\0\0\0\x18ftypcrx \0\0\0\x01'],
    ['a PNM', 'P6 3 3 255 '],
    [undefined, 'Once upon a time'],
    [undefined, '\0'.repeat(2000)],
  ])('no picture, but %s', async (what, file) => {
    expect((await read(Buffer.from(file, 'latin1'))).reading).toEqual({ kind: 'unknown', what });
  });

  it('an empty file', async () => {
    expect((await read(Buffer.alloc(0))).reading).toEqual({ kind: 'damaged', reason: 'it is empty' });
  });
});
