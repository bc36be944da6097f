// Pictures of every form that is fit for iipsrv, and of those that are not, made by other programs.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../test-support/command.mjs';

const WIDTH = 700;
const HEIGHT = 500;
/** Colours of the four quarters: upper left, upper right, lower left, lower right. */
export const COLOURS = [
  [200, 40, 40],
  [40, 180, 60],
  [40, 60, 200],
  [220, 200, 80],
];
export const GREYS = [40, 100, 160, 220].map((grey) => [grey, grey, grey]);
export const BLACK_AND_WHITE = [0, 255, 255, 0].map((grey) => [grey, grey, grey]);

const TIFF = '--tile --pyramid --tile-width 256 --tile-height 256';
const TILES = '-define tiff:tile-geometry=256x256';

/**
 * @param {string[]} names of ways to compress
 * @param {(name: string) => string} make
 */
const each = (names, make) => Object.fromEntries(names.map((name) => [`${make.name}-${name}.tif`, make(name)]));
const rgb = (/** @type {string} */ compression) => `vips tiffsave rgb.ppm OUT ${TIFF} --compression ${compression}`;
const rgba = (/** @type {string} */ compression) => `vips tiffsave rgba.v OUT ${TIFF} --compression ${compression}`;
const rgb16 = (/** @type {string} */ compression) => `vips tiffsave rgb16.v OUT ${TIFF} --compression ${compression}`;
const grey = (/** @type {string} */ compression) => `vips tiffsave grey.pgm OUT ${TIFF} --compression ${compression}`;
const grey16 = (/** @type {string} */ compression) => `vips tiffsave grey16.v OUT ${TIFF} --compression ${compression}`;
const jp2 = (/** @type {string} */ options, source = 'rgb.ppm') => `opj_compress -i ${source} -o OUT ${options}`;

/** Shown as they are, with the colours that they have to have; how each is made from the sources of {@link makeSources}. */
export const fit = [
  {
    colours: COLOURS,
    files: {
      ...each(['none', 'lzw', 'deflate', 'jpeg', 'webp'], rgb),
      ...each(['jpeg'], rgba),
      'rgb-jpeg-444.tif': `vips tiffsave rgb.ppm OUT ${TIFF} --compression jpeg --Q 95`,
      'no-predictor.tif': `vips tiffsave rgb.ppm OUT ${TIFF} --compression lzw --predictor none`,
      'big.tif': `vips tiffsave rgb.ppm OUT ${TIFF} --bigtiff`,
      'big-endian.tif': `vips tiffsave rgb.ppm le.tif ${TIFF} && tiffcp -B -t -w 256 -l 256 le.tif OUT`,
      'imagemagick-pyramid.tif': `convert rgb.ppm ${TILES} -compress zip ptif:OUT`,
      'lossless.jp2': jp2(''),
      'lossy.jp2': jp2('-r 20 -I'),
      'tiles.jp2': jp2('-t 256,256'),
      'small-tiles.jp2': jp2('-t 128,128'),
      'three-resolutions.jp2': jp2('-n 3'),
      '16-bits.jp2': jp2('', 'rgb16.ppm'),
      'imagemagick.jp2': 'convert rgb.ppm OUT',
    },
  },
  {
    colours: GREYS,
    files: {
      ...each(['none', 'lzw', 'deflate', 'jpeg'], grey),
      'grey.jp2': jp2('', 'grey.pgm'),
    },
  },
];

/** Not for iipsrv as they are; how each is made. */
/** @type {Record<string, string>} */
export const unfit = {
  ...each(['zstd', 'packbits'], rgb),
  ...each(['lzw', 'webp'], rgba),
  ...each(['none', 'lzw', 'deflate', 'zstd'], rgb16),
  ...each(['zstd', 'packbits'], grey),
  ...each(['none', 'lzw', 'deflate', 'zstd'], grey16),
  'rgba16.tif': `vips tiffsave rgba16.v OUT ${TIFF}`,
  'no-pyramid.tif': 'vips tiffsave rgb.ppm OUT --tile',
  'sub-directories.tif': `vips tiffsave rgb.ppm OUT ${TIFF} --subifd`,
  'imagemagick.tif': `convert rgb.ppm ${TILES} -compress lzw OUT`,
  'bits.tif': `vips tiffsave bw.pgm OUT ${TIFF} --bitdepth 1`,
  'bits-min-is-white.tif': `vips tiffsave bw.pgm OUT ${TIFF} --bitdepth 1 --miniswhite`,
  'bits-fax.tif': `vips tiffsave bw.pgm OUT ${TIFF} --bitdepth 1 --compression ccittfax4`,
  'untiled.tif': 'vips tiffsave rgb.ppm OUT',
  'palette.tif': `convert rgb.ppm noise.ppm -append -colors 200 -crop ${WIDTH}x${HEIGHT}+0+0 +repage -type Palette ${TILES} -compress lzw OUT`,
  '4-bits.tif': `vips tiffsave grey.pgm OUT ${TIFF} --bitdepth 4`,
  'planar.tif': `convert rgb.ppm -interlace plane ${TILES} OUT`,
  'jpeg2000-in-tiff.tif': `vips tiffsave rgb.ppm OUT ${TIFF} --compression jp2k`,
  'cmyk.tif': `convert rgb.ppm -colorspace CMYK -depth 8 ${TILES} -compress lzw OUT`,
  'cmyk-jpeg.tif': `convert rgb.ppm -colorspace CMYK -depth 8 c.jpg && vips tiffsave c.jpg OUT ${TIFF} --compression jpeg`,
  'min-is-white.tif': `vips tiffsave grey.pgm OUT ${TIFF} --miniswhite`,
  'lab.tif': `vips colourspace rgb.ppm l.v labs && vips tiffsave l.v OUT ${TIFF}`,
  'float.tif': `vips colourspace rgb.ppm f.v scrgb && vips tiffsave f.v OUT ${TIFF}`,
  '32-bits.tif': `vips cast rgb.ppm u.v uint && vips tiffsave u.v OUT ${TIFF}`,
  'signed.tif': `vips cast rgb.ppm s.v short && vips tiffsave s.v OUT ${TIFF}`,
  'pages.tif': `convert rgb.ppm noise.ppm ${TILES} OUT`,
  'turned.tif': `vips tiffsave rgb.ppm OUT ${TIFF} && tiffset -s 274 6 OUT`,
  'upside-down.tif': `vips tiffsave rgb.ppm OUT ${TIFF} && tiffset -s 274 3 OUT`,
  'quarters.tif': `vips tiffsave rgb.ppm a.tif --tile && vips resize rgb.ppm q.ppm 0.25 && vips tiffsave q.ppm b.tif --tile && tiffset -s 254 1 b.tif && tiffcp -t a.tif b.tif OUT`,
  'smaller-tiles.tif':
    'vips tiffsave rgb.ppm a.tif --tile --tile-width 256 --tile-height 256 && vips resize rgb.ppm half.v 0.5 && vips tiffsave half.v b.tif --tile --tile-width 128 --tile-height 128 && tiffcp a.tif b.tif OUT',
  'lower-tiles.tif':
    'vips tiffsave rgb.ppm a.tif --tile --tile-width 256 --tile-height 256 && vips resize rgb.ppm half.v 0.5 && vips tiffsave half.v b.tif --tile --tile-width 256 --tile-height 128 && tiffcp a.tif b.tif OUT',
  'unequal.tif': `vips tiffsave rgb.ppm a.tif --tile && vips resize grey.pgm h.pgm 0.5 && vips tiffsave h.pgm b.tif --tile && tiffcp -t a.tif b.tif OUT`,
  'one-resolution.jp2': jp2('-n 1'),
  'two-resolutions.jp2': jp2('-n 2'),
  'sub-sampled.jp2': jp2('-F 700,500,3,8,u@1x1:2x2:2x2', 'yuv.raw'),
  'signed.jp2': jp2('-F 700,500,3,8,s', 'rgb.raw'),
  'offset.jp2': jp2('-d 30,20'),
  'alpha.jp2': 'vips jp2ksave rgba.v OUT --lossless',
  'codestream.jp2': 'opj_compress -i rgb.ppm -o c.j2k && mv c.j2k OUT',
  'jpeg.tif': 'convert rgb.ppm j.jpg && mv j.jpg OUT',
};

/**
 * Writes what the others are made from into a folder.
 * @param {string} folder
 */
export async function makeSources(folder) {
  await writeFile(join(folder, 'rgb.ppm'), netpbm('P6', COLOURS));
  await writeFile(join(folder, 'rgb.raw'), netpbm('P6', COLOURS).subarray(-WIDTH * HEIGHT * 3));
  await writeFile(join(folder, 'yuv.raw'), Buffer.alloc(WIDTH * HEIGHT * 1.5, 90));
  const one = (/** @type {number[][]} */ colours) => colours.map(([value]) => [value]);
  await writeFile(join(folder, 'grey.pgm'), netpbm('P5', one(GREYS)));
  await writeFile(join(folder, 'bw.pgm'), netpbm('P5', one(BLACK_AND_WHITE)));
  await run(
    folder,
    [
      'vips bandjoin_const rgb.ppm rgba.v 255',
      'vips colourspace rgb.ppm rgb16.v rgb16',
      'vips colourspace rgba.v rgba16.v rgb16',
      'vips colourspace grey.pgm grey16.v grey16',
      'convert rgb.ppm -depth 16 -evaluate add 1 rgb16.ppm',
      `convert -size ${WIDTH}x${HEIGHT} plasma: -depth 8 noise.ppm`,
    ].join(' && '),
  );
}

/**
 * Makes one of the files above.
 * @param {string} folder
 * @param {string} name
 * @param {string} command
 */
export async function make(folder, name, command) {
  await run(folder, command.replaceAll('OUT', name));
}

/**
 * @param {string} folder
 * @param {string} command
 */
async function run(folder, command) {
  await mustRun('sh', ['-c', command], { cwd: folder });
}

/**
 * @param {'P5' | 'P6'} kind
 * @param {number[][]} quarters
 */
function netpbm(kind, [upperLeft, upperRight, lowerLeft, lowerRight]) {
  /**
   * @param {number[]} left
   * @param {number[]} right
   */
  const line = (left, right) =>
    [left, right].flatMap((colour) => Array.from({ length: WIDTH / 2 }, () => colour).flat());
  const upper = Buffer.from(line(upperLeft, upperRight));
  const lower = Buffer.from(line(lowerLeft, lowerRight));
  const lines = [upper, lower].flatMap((row) => Array.from({ length: HEIGHT / 2 }, () => row));
  return Buffer.concat([Buffer.from(`${kind}\n${WIDTH} ${HEIGHT}\n255\n`), ...lines]);
}
