import { writeFile } from 'node:fs/promises';
import { withPalette } from '../make/chunks.mjs';
import { judgedBy, served } from '../make/entry.mjs';
import { changed, inTurn, magick, pillow, run } from '../make/makers.mjs';
import { pattern } from '../make/pattern.mjs';
import { halvedPlanes, palette } from '../make/samples.mjs';

const GREY = { corners: false };
const deep = judgedBy(['ImageMagick'], 'Pillow does not scale this depth');

/** JPEG 2000. @type {import('../make/entry.mjs').Entry[]} */
export const jpeg2000 = [
  served('jp2/lossless.jp2', opj('pattern.ppm')),
  served('jp2/lossy.jp2', opj('pattern.ppm', '-r', '10', '-I')),
  served('jp2/tiled.jp2', opj('pattern.ppm', '-t', '256,256')),
  served('jp2/tiled-odd.jp2', opj('pattern.ppm', '-t', '300,200')),
  served('jp2/one-resolution.jp2', opj('pattern.ppm', '-n', '1')),
  served('jp2/precincts.jp2', opj('pattern.ppm', '-p', 'RPCL', '-c', '[128,128]', '-b', '32,32')),
  served('jp2/offset.jp2', opj('pattern.ppm', '-d', '13,7'), {
    ...judgedBy(['Pillow'], 'ImageMagick cuts it'),
    unless: /libvips/,
  }),
  served('jp2/codestream.j2k', opj('pattern.ppm')),
  served('jp2/large-tiled.jp2', opj('large.ppm', '-t', '512,512', '-r', '8', '-I'), {
    pages: [{ width: 2100, height: 1500 }],
  }),
  served(
    'jp2/grey.jp2',
    inTurn(
      magick('pattern.ppm', '-colorspace', 'Gray', '-depth', '8', 'pgm:FILE.pgm'),
      opj('FILE.pgm'),
      run('rm', 'FILE.pgm'),
    ),
    GREY,
  ),
  served(
    'jp2/rgb-16.jp2',
    inTurn(magick('pattern.ppm', '-depth', '16', 'ppm:FILE.ppm'), opj('FILE.ppm'), run('rm', 'FILE.ppm')),
    deep,
  ),
  served(
    'jp2/alpha.jp2',
    inTurn(
      pillow({ from: 'pattern.ppm', alpha: true, format: 'PNG' }),
      run('mv', 'FILE', 'FILE.png'),
      opj('FILE.png'),
      run('rm', 'FILE.png'),
    ),
    { corners: false },
  ),
  served('jp2/subsampled.jp2', subsampled()),
  served('jp2/palette.jp2', paletted(), {
    ...judgedBy(['ImageMagick'], "Debian 12's Pillow does not know palettes"),
    unless: /libvips/,
  }),
];

/**
 * @param {string} source
 * @param {readonly string[]} options
 */
function opj(source, ...options) {
  return run('opj_compress', '-i', source, '-o', 'FILE', ...options);
}

/** Colours of half the width and height, as sYCC. */
function subsampled() {
  const { width, height, bytes } = halvedPlanes(pattern());
  return inTurn(
    (file) => writeFile(`${file}.yuv`, bytes),
    opj('FILE.yuv', '-F', `${width},${height},3,8,u@1x1:2x2:2x2`),
    run('rm', 'FILE.yuv'),
  );
}

function paletted() {
  const { indexed, colours } = palette(pattern());
  const pgm = Buffer.concat([Buffer.from(`P5\n${indexed.width} ${indexed.height}\n255\n`), indexed.bytes]);
  return changed(
    inTurn((file) => writeFile(`${file}.pgm`, pgm), opj('FILE.pgm'), run('rm', 'FILE.pgm')),
    (bytes) => withPalette(bytes, colours),
  );
}
