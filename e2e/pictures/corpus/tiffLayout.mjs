import { rename } from 'node:fs/promises';
import { judgedBy, served } from '../make/entry.mjs';
import { inTurn, magick, run, vips, write } from '../make/makers.mjs';
import { pattern, stored } from '../make/pattern.mjs';
import { planes } from '../make/samples.mjs';
import { inStrips, inTiles, tags, tiff } from '../make/tiff.mjs';

const picture = pattern();
const tiffcpWays = ['none', 'lzw', 'zip', 'packbits', 'jpeg', 'webp', 'zstd', 'lzma'];
const vipsWays = ['none', 'lzw', 'deflate', 'packbits', 'jpeg', 'webp', 'zstd', 'jp2k'];

/** How the pixels lie in the file. @type {import('../make/entry.mjs').Entry[]} */
export const tiffLayout = [
  ...tiffcpWays.map((way) => served(`tiff/strips-${way}.tif`, again(way))),
  ...vipsWays.map((way) =>
    served(
      `tiff/tiles-${way}.tif`,
      vips('tiffsave', 'pattern.ppm', 'FILE', '--tile', '--compression', way, '--Q', '92'),
      way === 'jp2k' ? judgedBy([], 'neither reads JPEG 2000 in TIFF') : {},
    ),
  ),
  served('tiff/strips-jpeg-420.tif', vips('tiffsave', 'pattern.ppm', 'FILE', '--compression', 'jpeg', '--Q', '80')),
  served(
    'tiff/predictor-lzw.tif',
    vips('tiffsave', 'pattern.ppm', 'FILE', '--compression', 'lzw', '--predictor', 'horizontal'),
  ),
  served(
    'tiff/predictor-deflate-tiles.tif',
    vips('tiffsave', 'pattern.ppm', 'FILE', '--tile', '--compression', 'deflate', '--predictor', 'horizontal'),
  ),
  served(
    'tiff/one-row-strips.tif',
    write(() => tiff([{ tags: tags.strips(picture, { rows: 1 }), parts: inStrips(picture, 1) }])),
  ),
  served(
    'tiff/narrow-tiles.tif',
    write(() => tiled({ width: 16, height: 16 })),
  ),
  served(
    'tiff/wide-tiles.tif',
    write(() => tiled({ width: 1024, height: 16 })),
  ),
  served(
    'tiff/one-tile.tif',
    write(() => tiled({ width: 704, height: 512 })),
  ),
  ...['none', 'jpeg', 'zip'].flatMap((way) => [
    served(`tiff/one-strip-${way}.tif`, again(way, '-s', '-r', '4096')),
    served(`tiff/tiles-of-16-${way}.tif`, again(way, '-t', '-w', '16', '-l', '16')),
    served(`tiff/tile-of-4096-${way}.tif`, again(way, '-t', '-w', '4096', '-l', '4096')),
  ]),
  served(
    'tiff/planar-strips.tif',
    write(() => planar()),
  ),
  served(
    'tiff/planar-tiles.tif',
    write(() => planar({ width: 256, height: 256 })),
  ),
  served(
    'tiff/big-endian.tif',
    write(() => tiff([plain()], { bigEndian: true })),
  ),
  served(
    'tiff/bigtiff.tif',
    write(() => tiff([plain()], { big: true })),
  ),
  served(
    'tiff/bigtiff-big-endian.tif',
    write(() => tiff([plain()], { big: true, bigEndian: true })),
    judgedBy(['ImageMagick'], 'Pillow does not know it'),
  ),

  served('tiff/g3.tif', magick('pattern.ppm', '-monochrome', '-compress', 'Fax', 'tiff:FILE'), { corners: false }),
  served(
    'tiff/g3-2d.tif',
    inTurn(magick('pattern.ppm', '-monochrome', '-compress', 'Group4', 'tiff:FILE'), compressed('g3:2d')),
    { corners: false },
  ),
  served('tiff/g4.tif', magick('pattern.ppm', '-monochrome', '-compress', 'Group4', 'tiff:FILE'), { corners: false }),
  served(
    'tiff/g4-fill-order.tif',
    inTurn(magick('pattern.ppm', '-monochrome', '-compress', 'Group4', 'tiff:FILE'), compressed('g4', '-f', 'lsb2msb')),
    { corners: false },
  ),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    served(
      `tiff/orientation-${orientation}.tif`,
      write(() => tiff([plain(stored(picture, orientation), { 274: orientation })])),
    ),
  ),
  served(
    'tiff/orientation-6-tiles.tif',
    inTurn(
      vips('tiffsave', 'orientation6.ppm', 'FILE', '--tile', '--pyramid', '--compression', 'jpeg', '--Q', '92'),
      run('tiffset', '-s', '274', '6', 'FILE'),
    ),
    judgedBy(['Pillow'], 'ImageMagick turns tiles wrongly'),
  ),
  served(
    'tiff/1x1.tif',
    write(() => tiff([plain(pattern({ width: 1, height: 1 }))])),
    { pages: [{ width: 1, height: 1 }], corners: false },
  ),
];

/**
 * The pattern, as tiffcp writes it.
 * @param {string} way a compression of libtiff's tools
 * @param {readonly string[]} more options of tiffcp
 */
function again(way, ...more) {
  return inTurn(magick('pattern.ppm', '-compress', 'None', 'tiff:FILE'), compressed(way, ...more));
}

/**
 * Writes a TIFF once more.
 * @param {string} way a compression of libtiff's tools
 * @param {readonly string[]} more options of tiffcp
 */
function compressed(way, ...more) {
  return inTurn(run('tiffcp', '-c', way, ...more, 'FILE', 'FILE.new'), (file) => rename(`${file}.new`, file));
}

/**
 * @param {import('../make/pattern.mjs').Raster} raster
 * @param {Record<number, import('../make/tiff.mjs').Value>} [more] tags
 * @returns {import('../make/tiff.mjs').Directory} one strip, not compressed
 */
function plain(raster = picture, more = {}) {
  return { tags: tags.strips(raster, { more }), parts: [raster.bytes] };
}

/** @param {import('../make/pattern.mjs').Dimensions} tile */
function tiled(tile) {
  return tiff([{ tags: tags.tiles(picture, tile), parts: inTiles(picture, tile) }]);
}

/**
 * All of red, then all of green, then all of blue.
 * @param {import('../make/pattern.mjs').Dimensions} [tile] strips if not given
 */
function planar(tile) {
  const parts = planes(picture, 3).flatMap((plane) => (tile ? inTiles(plane, tile) : inStrips(plane, 50)));
  const more = { 284: 2 };
  return tiff([{ tags: tile ? tags.tiles(picture, tile, { more }) : tags.strips(picture, { rows: 50, more }), parts }]);
}
