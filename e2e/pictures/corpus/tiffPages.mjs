import { judgedBy, PROFILED, served } from '../make/entry.mjs';
import { inTurn, magick, PAGES, run, vips, write, PROFILES } from '../make/makers.mjs';
import { pattern } from '../make/pattern.mjs';
import { grey, packed } from '../make/samples.mjs';
import { inTiles, tags, tiff } from '../make/tiff.mjs';

/** @typedef {import('../make/tiff.mjs').Directory} Directory */

const LARGE = [{ width: 2100, height: 1500 }];
const THUMBNAIL = { 254: 1 };
const PAGE = { 254: 2 };
const MASK = { 254: 4 };
const small = { width: 140, height: 100 };
const fit = { form: /** @type {const} */ ('fit') };

/** @type {(name: string, ...options: string[]) => import('../make/makers.mjs').Maker} */
const pyramid = (name, ...options) =>
  vips('tiffsave', name, 'FILE', '--tile', '--pyramid', '--tile-width', '256', '--tile-height', '256', ...options);

/** Several pictures in a file: pages, levels, thumbnails, masks. @type {import('../make/entry.mjs').Entry[]} */
export const tiffPages = [
  served(
    'tiff/pages-3.tif',
    write(() => tiff(PAGES.map((_, index) => page(index + 1)))),
    { pages: PAGES },
  ),
  served(
    'tiff/pages-3-numbered.tif',
    write(() => tiff(PAGES.map((_, index) => page(index + 1, { ...PAGE, 297: [index, 3] })))),
    { pages: PAGES },
  ),
  served(
    'tiff/pages-same-size.tif',
    write(() => tiff([1, 2].map((number) => directory(pattern({ page: number }))))),
    { pages: [PAGES[0], PAGES[0]] },
  ),
  served(
    'tiff/pages-other-kinds.tif',
    write(() => tiff([page(1), greyPage(2), bilevelPage(3)])),
    { pages: PAGES, corners: false },
  ),
  served(
    'tiff/pages-tiled.tif',
    magick('page1.ppm', 'page2.ppm', '-define', 'tiff:tile-geometry=256x256', 'tiff:FILE'),
    {
      pages: PAGES.slice(0, 2),
    },
  ),
  served(
    'tiff/thumbnail-behind.tif',
    write(() => tiff([page(1), directory(pattern({ ...small, page: 2 }), THUMBNAIL)])),
  ),
  served(
    'tiff/thumbnail-before.tif',
    write(() => tiff([directory(pattern({ ...small, page: 2 }), THUMBNAIL), page(1)])),
    { pictures: [1] },
  ),
  served(
    'tiff/thumbnail-old-tag.tif',
    write(() => tiff([page(1), directory(pattern({ ...small, page: 2 }), { 255: 2 })])),
  ),
  served(
    'tiff/thumbnail-in-sub-directory.tif',
    write(() => tiff([{ ...page(1), sub: [directory(pattern({ ...small, page: 2 }), THUMBNAIL)] }])),
  ),
  served(
    'tiff/mask-behind.tif',
    write(() => tiff([page(1), { ...bilevelPage(1), tags: { ...bilevelPage(1).tags, ...MASK, 262: 4 } }])),
  ),
  served(
    'tiff/page-and-thumbnail-each.tif',
    write(() => tiff([page(1), directory(pattern(small), THUMBNAIL), page(2), directory(pattern(small), THUMBNAIL)])),
    { pages: PAGES.slice(0, 2), pictures: [0, 2] },
  ),

  served('tiff/pyramid-jpeg.tif', pyramid('large.ppm', '--compression', 'jpeg', '--Q', '90'), { ...fit, pages: LARGE }),
  served(
    'tiff/pyramid-jpeg-512.tif',
    vips(
      'tiffsave',
      'large.ppm',
      'FILE',
      '--tile',
      '--pyramid',
      '--tile-width',
      '512',
      '--tile-height',
      '512',
      '--compression',
      'jpeg',
      '--Q',
      '92',
    ),
    { ...fit, pages: LARGE },
  ),
  served(
    'tiff/pyramid-jpeg-sub-directories.tif',
    pyramid('large.ppm', '--subifd', '--compression', 'jpeg', '--Q', '90'),
    { pages: LARGE },
  ),
  served('tiff/pyramid-deflate.tif', pyramid('large.ppm', '--compression', 'deflate'), { ...fit, pages: LARGE }),
  served('tiff/pyramid-lzw.tif', pyramid('large.ppm', '--compression', 'lzw'), { ...fit, pages: LARGE }),
  served('tiff/pyramid-none.tif', pyramid('large.ppm'), { ...fit, pages: LARGE }),
  served('tiff/pyramid-webp.tif', pyramid('large.ppm', '--compression', 'webp', '--Q', '90'), { ...fit, pages: LARGE }),
  served('tiff/pyramid-bigtiff.tif', pyramid('large.ppm', '--bigtiff', '--compression', 'jpeg', '--Q', '90'), {
    ...fit,
    pages: LARGE,
  }),
  served(
    'tiff/pyramid-big-endian.tif',
    write(() => levels({ bigEndian: true })),
    { ...fit, pages: LARGE },
  ),
  served(
    'tiff/pyramid-grey.tif',
    inTurn(
      magick('large.ppm', '-colorspace', 'Gray', '-depth', '8', 'pgm:FILE.pgm'),
      pyramid('FILE.pgm', '--compression', 'jpeg', '--Q', '90'),
      run('rm', 'FILE.pgm'),
    ),
    { ...fit, pages: LARGE, corners: false },
  ),
  served('tiff/pyramid-jp2k.tif', pyramid('large.ppm', '--compression', 'jp2k'), {
    pages: LARGE,
    ...judgedBy([], 'neither reads JPEG 2000 in TIFF'),
  }),
  served('tiff/pyramid-zstd.tif', pyramid('large.ppm', '--compression', 'zstd'), { pages: LARGE }),
  served(
    'tiff/pyramid-adobe-rgb.tif',
    inTurn(
      magick('large.ppm', '-profile', `${PROFILES}/srgb.icc`, '-profile', `${PROFILES}/a98.icc`, 'tiff:FILE.source'),
      pyramid('FILE.source', '--compression', 'jpeg', '--Q', '90'),
      run('rm', 'FILE.source'),
    ),
    { pages: LARGE, ...PROFILED },
  ),
  served(
    'tiff/pyramid-wrong-way-up.tif',
    inTurn(pyramid('orientation3.ppm', '--compression', 'jpeg', '--Q', '92'), run('tiffset', '-s', '274', '3', 'FILE')),
    judgedBy(['Pillow'], 'ImageMagick turns tiles wrongly'),
  ),
  served(
    'tiff/pyramid-1025.tif',
    inTurn(
      magick('pattern.ppm', '-resize', '1025x1025!', 'ppm:FILE.ppm'),
      pyramid('FILE.ppm', '--compression', 'jpeg', '--Q', '92'),
      run('rm', 'FILE.ppm'),
    ),
    { pages: [{ width: 1025, height: 1025 }] },
  ),
  served(
    'tiff/tiles-one-level-large.tif',
    vips(
      'tiffsave',
      'large.ppm',
      'FILE',
      '--tile',
      '--tile-width',
      '256',
      '--tile-height',
      '256',
      '--compression',
      'jpeg',
      '--Q',
      '92',
    ),
    { pages: LARGE },
  ),
];

/**
 * @param {import('../make/pattern.mjs').Raster} raster
 * @param {Record<number, import('../make/tiff.mjs').Value>} [more]
 * @returns {Directory}
 */
function directory(raster, more = {}) {
  return { tags: tags.strips(raster, { more }), parts: [raster.bytes] };
}

/**
 * @param {number} number from 1
 * @param {Record<number, import('../make/tiff.mjs').Value>} [more]
 */
function page(number, more) {
  return directory(pattern({ ...PAGES[number - 1], page: number }), more);
}

/**
 * @param {number} number
 * @returns {Directory}
 */
function greyPage(number) {
  const samples = grey(pattern({ ...PAGES[number - 1], page: number }));
  return { tags: tags.strips(samples, { photometric: 1 }), parts: [samples.bytes] };
}

/**
 * @param {number} number
 * @returns {Directory}
 */
function bilevelPage(number) {
  const samples = packed(grey(pattern({ ...PAGES[number - 1], page: number })), 1);
  return { tags: tags.strips(samples, { photometric: 1, bits: 1 }), parts: [samples.bytes] };
}

/**
 * A pyramid whose levels follow each other.
 * @param {import('../make/tiff.mjs').Form} form
 */
function levels(form) {
  const tile = { width: 256, height: 256 };
  const directories = [1, 2, 4, 8].map((scale) => {
    const raster = pattern({ width: Math.ceil(2100 / scale), height: Math.ceil(1500 / scale) });
    const more = scale === 1 ? {} : THUMBNAIL;
    return { tags: tags.tiles(raster, tile, { more }), parts: inTiles(raster, tile) };
  });
  return tiff(directories, form);
}
