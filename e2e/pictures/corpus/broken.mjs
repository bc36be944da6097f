import { chmod } from 'node:fs/promises';
import { mustRun } from '../../../test-support/command.mjs';
import { blankPng } from '../make/chunks.mjs';
import { judgedBy, refused, served } from '../make/entry.mjs';
import { bomb, dot, frames, gifSized, jpegSized, manyPages, sparse } from '../make/hostile.mjs';
import { changed, copy, inTurn, magick, pillow, run, vips, write } from '../make/makers.mjs';
import { pattern } from '../make/pattern.mjs';
import { pdf } from '../make/pdf.mjs';
import { tags, tiff } from '../make/tiff.mjs';

const picture = pattern();
const HUGE = { width: 40_000, height: 40_000 };

/** @type {(make: import('../make/makers.mjs').Maker, part: number) => import('../make/makers.mjs').Maker} */
const cut = (make, part) => changed(make, (bytes) => bytes.subarray(0, Math.floor(bytes.length * part)));
const plain = write(() => tiff([{ tags: tags.strips(picture), parts: [picture.bytes] }]));
const png = magick('pattern.ppm', 'png:FILE');
const webp = pillow({ from: 'pattern.ppm', format: 'WEBP', save: { quality: 92 } });
const jp2 = run('opj_compress', '-i', 'pattern.ppm', '-o', 'FILE');
const heic = vips('heifsave', 'pattern.ppm', 'FILE', '--Q', '90');
const gif = magick('pattern.ppm', 'gif:FILE');

/** @type {[kind: string, make: import('../make/makers.mjs').Maker][]} */
const KINDS = [
  ['jpg', copy('photo.jpg')],
  ['png', png],
  ['tif', plain],
  ['webp', webp],
  ['jp2', jp2],
  ['heic', heic],
  ['gif', gif],
  ['pdf', copy('page.pdf')],
];

/** What cannot be served, and what hurts who opens it. @type {import('../make/entry.mjs').Entry[]} */
export const broken = [
  ...KINDS.map(([kind, make]) =>
    refused(
      `broken/cut-in-header.${kind}`,
      changed(make, (bytes) => bytes.subarray(0, 20)),
      /./,
    ),
  ),
  ...KINDS.map(([kind, make]) => refused(`broken/cut-in-half.${kind}`, cut(make, 0.5), /./)),
  ...['jpg', 'png', 'tif', 'webp', 'jp2', 'gif', 'pdf', 'heic'].map((kind) =>
    refused(
      `broken/empty.${kind}`,
      write(() => ''),
      /empty/,
    ),
  ),
  ...['jpg', 'tif', 'pdf'].map((kind) =>
    refused(
      `broken/text.${kind}`,
      write(() => 'This is a text.\n'),
      /./,
    ),
  ),
  refused(
    'broken/zeros.jpg',
    write(() => Buffer.alloc(10_000)),
    /./,
  ),
  refused(
    'broken/web-page.jpg',
    write(() => '<!DOCTYPE html><html><body>404 Not Found</body></html>'),
    /./,
  ),
  refused(
    'broken/drawing.svg.png',
    write(() => '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="500"><rect width="9" height="9"/></svg>'),
    /./,
  ),
  refused(
    'broken/commands.jpg',
    write(() => 'push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 "|id"\npop graphic-context\n'),
    /./,
  ),
  refused(
    'broken/40000x40000.png',
    write(() => blankPng(HUGE, { bits: 1, rows: 1 })),
    /pixels/,
  ),
  refused(
    'broken/40000x40000.tif',
    write(() => tiff([{ tags: tags.strips(HUGE, { photometric: 1, bits: 8, rows: 1 }), parts: [Buffer.alloc(100)] }])),
    /pixels/,
  ),
  served(
    'broken/40000x40000.gif',
    changed(gif, gifSized),
    judgedBy([], 'a canvas that nobody believes; its picture is smaller'),
  ),
  refused(
    'broken/40000x40000.jpg',
    changed(copy('photo.jpg'), (bytes) => jpegSized(bytes, 40_000)),
    /pixels/,
  ),
  refused(
    'broken/65535x65535.jpg',
    changed(copy('photo.jpg'), (bytes) => jpegSized(bytes, 65_535)),
    /pixels/,
  ),
  served(
    'broken/bomb-of-zeros.png',
    write(() => blankPng({ width: 20_000, height: 20_000 }, { bits: 1 })),
    { pages: [{ width: 20_000, height: 20_000 }], corners: false, judges: [], because: 'black, 400 megapixels' },
  ),
  refused(
    'broken/bomb-one-strip.tif',
    write(() => bomb(30_000, 30_000)),
    /./,
  ),
  refused(
    'broken/no-directory.tif',
    write(() => Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1')),
    /./,
  ),
  refused(
    'broken/directory-outside.tif',
    write(() => Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1')),
    /./,
  ),
  refused(
    'broken/65535-pages.tif',
    write(() => tiff(Array.from({ length: 65_535 }, () => dot()))),
    /more than .* pages/,
  ),
  refused(
    'broken/endless-pages.tif',
    write(() => tiff([dot(), dot()], { endless: true })),
    /./,
  ),
  refused(
    'broken/strips-outside.tif',
    write(() =>
      tiff([
        {
          tags: {
            ...tags.strips(picture),
            273: { type: 'long', values: [0x7fffff00] },
            279: { type: 'long', values: [1_050_000] },
          },
          parts: [],
        },
      ]),
    ),
    /./,
  ),
  refused(
    'broken/no-size.tif',
    write(() => tiff([{ tags: tags.strips({ width: 0, height: 0 }), parts: [Buffer.alloc(4)] }])),
    /./,
  ),
  refused(
    'broken/unknown-compression.tif',
    write(() => tiff([{ tags: { ...tags.strips(picture), 259: 34_925 + 7 }, parts: [picture.bytes] }])),
    /compress/,
  ),
  refused(
    'broken/five-colours.tif',
    write(() =>
      tiff([
        {
          tags: tags.strips({ width: 20, height: 20 }, { photometric: 34_892, bands: 3 }),
          parts: [Buffer.alloc(1200)],
        },
      ]),
    ),
    /./,
  ),
  refused(
    'broken/4294967295.tif',
    write(() =>
      tiff([
        {
          tags: { ...tags.strips(picture), 256: { type: 'long', values: [4_294_967_295] } },
          parts: [Buffer.alloc(100)],
        },
      ]),
    ),
    /./,
  ),
  served(
    'broken/5000-frames.gif',
    write(() => frames(5000)),
    {
      pages: Array.from({ length: 5000 }, () => ({ width: 8, height: 8 })),
      corners: false,
      ...judgedBy([], 'the first 12 pages are made'),
    },
  ),
  refused(
    'broken/endless-page.pdf',
    write(() => pdf([{ size: { width: 4_000_000, height: 4_000_000 } }])),
    /pixels/,
  ),
  refused(
    'broken/100000-pages.pdf',
    write(() => manyPages(100_000)),
    /more than .* pages/,
  ),
  refused(
    'broken/circle-of-pages.pdf',
    write(() =>
      pdf([{ size: { width: 300, height: 200 } }])
        .toString('latin1')
        .replace('/Kids [4 0 R]', '/Kids [2 0 R]'),
    ),
    /./,
  ),
  refused('broken/pipe.jpg', (file) => mustRun('mkfifo', [file]), /regular|pipe|file/),
  refused('broken/sparse.tif', sparse, /./),
  refused(
    'broken/no-permission.jpg',
    inTurn(copy('photo.jpg'), (file) => chmod(file, 0)),
    /read/,
  ),
  refused(
    'broken/bad-codes.jpg',
    changed(copy('photo.jpg'), (bytes) =>
      Buffer.concat([bytes.subarray(0, 700), Buffer.alloc(bytes.length - 700, 0xa5)]),
    ),
    /./,
  ),
  refused(
    'broken/bad-data.png',
    changed(png, (bytes) => Buffer.from(bytes).fill(0xa5, 400, 600)),
    /./,
  ),
  refused(
    'broken/bad-data-lzw.tif',
    changed(magick('pattern.ppm', '-compress', 'LZW', 'tiff:FILE'), (bytes) =>
      Buffer.from(bytes).fill(0xff, 3000, 9000),
    ),
    /./,
  ),
];
