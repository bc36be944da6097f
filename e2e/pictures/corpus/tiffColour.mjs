import { deflateSync } from 'node:zlib';
import { judgedBy, PROFILED, refused, served } from '../make/entry.mjs';
import { magick, write, PROFILES } from '../make/makers.mjs';
import { alpha, deep, faded, greyAlpha, greys, paletted, single } from '../make/oneStrip.mjs';
import { pattern } from '../make/pattern.mjs';
import { cmyk, deepened, deepLab, grey, halved, inverted, lab, premultiplied } from '../make/samples.mjs';
import { inTiles, tags, tiff } from '../make/tiff.mjs';

/** @typedef {keyof typeof import('../make/samples.mjs').DEPTHS} Depth */

const GREY = { corners: false };
const ofImageMagick = judgedBy(['ImageMagick'], 'Pillow does not scale this depth');
const TILE = { width: 256, height: 256 };
const picture = pattern();

/** What the pixels mean. @type {import('../make/entry.mjs').Entry[]} */
export const tiffColour = [
  ...[1, 2, 4].map((bits) =>
    served(
      `tiff/grey-${bits}.tif`,
      write(() => greys(/** @type {1 | 2 | 4} */ (bits), 1)),
      GREY,
    ),
  ),
  ...[1, 2, 4].map((bits) =>
    served(
      `tiff/min-is-white-${bits}.tif`,
      write(() => greys(/** @type {1 | 2 | 4} */ (bits), 0)),
      bits === 1 ? GREY : { ...GREY, ...judgedBy(['Pillow'], 'ImageMagick 6 shows 2 and 4 bits as a negative') },
    ),
  ),
  served(
    'tiff/grey-8.tif',
    write(() => single(grey(picture), { photometric: 1 })),
    GREY,
  ),
  served(
    'tiff/min-is-white-8.tif',
    write(() => single(inverted(grey(picture)), { photometric: 0 })),
    GREY,
  ),
  served(
    'tiff/min-is-white-16.tif',
    write(() => single(deepened(inverted(grey(picture)), 'u16'), { photometric: 0, bits: 16 })),
    { ...GREY, ...ofImageMagick },
  ),
  served(
    'tiff/min-is-white-tiles.tif',
    write(() =>
      tiff([{ tags: tags.tiles(picture, TILE, { photometric: 0 }), parts: inTiles(inverted(grey(picture)), TILE) }]),
    ),
    GREY,
  ),
  ...['u16', 'u32', 'f32'].map((depth) =>
    served(
      `tiff/grey-${depth}.tif`,
      write(() => deep(grey(picture), /** @type {Depth} */ (depth), 1)),
      { ...GREY, ...ofImageMagick },
    ),
  ),
  ...['u16', 'u32', 'f32'].map((depth) =>
    served(
      `tiff/rgb-${depth}.tif`,
      write(() => deep(picture, /** @type {Depth} */ (depth), 3)),
      ofImageMagick,
    ),
  ),
  served(
    'tiff/rgb-u16-big-endian.tif',
    write(() =>
      tiff(
        [{ tags: tags.strips(picture, { bits: 16 }), parts: [deepened(picture, 'u16', { bigEndian: true }).bytes] }],
        { bigEndian: true },
      ),
    ),
    ofImageMagick,
  ),
  served(
    'tiff/rgb-u16-lzw-predictor.tif',
    magick('pattern.ppm', '-depth', '16', '-compress', 'LZW', '-define', 'tiff:predictor=2', 'tiff:FILE'),
    ofImageMagick,
  ),

  served(
    'tiff/palette-8.tif',
    write(() => paletted()),
  ),
  served(
    'tiff/palette-8-tiles.tif',
    magick(
      'pattern.ppm',
      '-colors',
      '64',
      '-type',
      'Palette',
      '-define',
      'tiff:tile-geometry=256x256',
      '-compress',
      'LZW',
      'tiff:FILE',
    ),
  ),
  served(
    'tiff/palette-4.tif',
    magick('pattern.ppm', '-dither', 'None', '-colors', '16', '-type', 'Palette', '-depth', '4', 'tiff:FILE'),
  ),
  served(
    'tiff/cmyk.tif',
    write(() => single(cmyk(picture), { photometric: 5, bands: 4 })),
    PROFILED,
  ),
  served(
    'tiff/cmyk-jpeg.tif',
    magick('pattern.ppm', '-colorspace', 'CMYK', '-compress', 'JPEG', '-quality', '95', 'tiff:FILE'),
    PROFILED,
  ),
  served(
    'tiff/cmyk-lzw-tiles.tif',
    magick(
      'pattern.ppm',
      '-colorspace',
      'CMYK',
      '-define',
      'tiff:tile-geometry=256x256',
      '-compress',
      'LZW',
      'tiff:FILE',
    ),
    PROFILED,
  ),
  served(
    'tiff/cmyk-16.tif',
    write(() => single(deepened(cmyk(picture), 'u16'), { photometric: 5, bands: 4, bits: 16 })),
    { ...PROFILED, ...ofImageMagick },
  ),
  served(
    'tiff/cmyk-profile.tif',
    magick(
      'pattern.ppm',
      '-profile',
      `${PROFILES}/srgb.icc`,
      '-profile',
      `${PROFILES}/default_cmyk.icc`,
      '-compress',
      'LZW',
      'tiff:FILE',
    ),
    PROFILED,
  ),
  served(
    'tiff/adobe-rgb-16.tif',
    magick(
      'pattern.ppm',
      '-depth',
      '16',
      '-profile',
      `${PROFILES}/srgb.icc`,
      '-profile',
      `${PROFILES}/a98.icc`,
      '-compress',
      'LZW',
      'tiff:FILE',
    ),
    { ...PROFILED, ...ofImageMagick },
  ),
  served(
    'tiff/lab-8.tif',
    write(() => single(lab(picture), { photometric: 8, bands: 3 })),
    { ...PROFILED, ...judgedBy(['Pillow'], 'ImageMagick takes it for Lab of D65') },
  ),
  served(
    'tiff/lab-16.tif',
    write(() => single(deepLab(picture), { photometric: 8, bands: 3, bits: 16 })),
    judgedBy([], 'Pillow does not know it, and ImageMagick takes it for Lab of D65'),
  ),
  refused(
    'tiff/ycbcr-420.tif',
    write(() =>
      tiff([
        {
          tags: tags.strips(picture, { photometric: 6, bands: 3, more: { 530: [2, 2] } }),
          parts: [halved(picture).bytes],
        },
      ]),
    ),
    /YCbCr/,
  ),
  served(
    'tiff/alpha.tif',
    write(() => alpha(faded(), 2)),
    { corners: false },
  ),
  served(
    'tiff/alpha-premultiplied.tif',
    write(() => alpha(premultiplied(faded()), 1)),
    { corners: false },
  ),
  served(
    'tiff/alpha-16.tif',
    write(() => single(deepened(faded(), 'u16'), { photometric: 2, bands: 4, bits: 16, more: { 338: 2 } })),
    { corners: false, ...ofImageMagick },
  ),
  served(
    'tiff/alpha-grey.tif',
    write(() => single(greyAlpha(), { photometric: 1, bands: 2, more: { 338: 2 } })),
    GREY,
  ),
  served(
    'tiff/alpha-tiles-deflate.tif',
    write(() =>
      tiff([
        {
          tags: { ...tags.tiles(picture, TILE, { bands: 4, more: { 338: 2 } }), 259: 8 },
          parts: inTiles(faded(), TILE).map((tile) => deflateSync(tile)),
        },
      ]),
    ),
    { corners: false },
  ),
  served(
    'tiff/extra-unspecified.tif',
    write(() => alpha(faded(), 0)),
    judgedBy(['Pillow'], 'ImageMagick takes the fourth sample, of which nothing is said, for alpha'),
  ),
];
