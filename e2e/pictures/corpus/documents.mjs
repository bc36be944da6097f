import { judgedBy, refused, served } from '../make/entry.mjs';
import { turned } from '../make/heif.mjs';
import { changed, inTurn, magick, PAGES, pillow, run, vips, write } from '../make/makers.mjs';
import { pattern } from '../make/pattern.mjs';
import { pdf } from '../make/pdf.mjs';
import { cmyk, grey } from '../make/samples.mjs';

/** Another program draws the edge of a picture on a page a part of a pixel elsewhere. */
const DRAWN = { ...judgedBy(['Ghostscript'], 'a document: Poppler draws it here'), most: 40 };
const picture = pattern();
const pages = PAGES.map((size, index) => ({ picture: pattern({ ...size, page: index + 1 }) }));

/** PDF. @type {import('../make/entry.mjs').Entry[]} */
export const documents = [
  served(
    'pdf/one.pdf',
    write(() => pdf([{ picture }])),
    DRAWN,
  ),
  served(
    'pdf/pages-of-three-sizes.pdf',
    write(() => pdf(pages)),
    { ...DRAWN, pages: PAGES },
  ),
  served(
    'pdf/page-turned.pdf',
    write(() => pdf([{ picture, more: '/Rotate 90' }])),
    { ...DRAWN, pages: [{ width: 500, height: 700 }], corners: false },
  ),
  served(
    'pdf/cropped.pdf',
    write(() => pdf([{ picture, more: '/CropBox [36 36 216 144]' }])),
    { ...DRAWN, pages: [{ width: 500, height: 300 }], corners: false },
  ),
  served(
    'pdf/grey.pdf',
    write(() => pdf([{ picture: grey(picture), space: '/DeviceGray' }])),
    { ...DRAWN, corners: false },
  ),
  served(
    'pdf/cmyk.pdf',
    write(() => pdf([{ picture: cmyk(picture), space: '/DeviceCMYK' }])),
    { ...DRAWN, because: 'Poppler and Ghostscript have different profiles for CMYK without one', mean: 25, most: 90 },
  ),
  served('pdf/by-ghostscript.pdf', run('gs', '-q', '-dSAFER', '-sDEVICE=pdfwrite', '-o', 'FILE', 'page.pdf'), DRAWN),
  served(
    'pdf/60-pages.pdf',
    write(() => pdf(Array.from({ length: 60 }, (_, n) => ({ size: { width: 300, height: 200 + n } })))),
    {
      ...DRAWN,
      pages: Array.from({ length: 60 }, (_, n) => ({ width: 300, height: 200 + n })),
      corners: false,
      because: 'the first 12 pages are made',
    },
  ),
  refused(
    'pdf/password.pdf',
    run('gs', '-q', '-dSAFER', '-sDEVICE=pdfwrite', '-sOwnerPassword=a', '-sUserPassword=b', '-o', 'FILE', 'page.pdf'),
    /password/i,
  ),
  refused(
    'pdf/no-pages.pdf',
    write(() => pdf([])),
    /page/i,
  ),
];

const heif = judgedBy(['ImageMagick'], "Debian 12's Pillow does not read it");

/** HEIC and AVIF. @type {import('../make/entry.mjs').Entry[]} */
export const heifs = [
  served('heif/photo.heic', vips('heifsave', 'pattern.ppm', 'FILE', '--Q', '90'), heif),
  served(
    'heif/grey.heic',
    inTurn(
      magick('pattern.ppm', '-colorspace', 'Gray', 'pgm:FILE.pgm'),
      vips('heifsave', 'FILE.pgm', 'FILE', '--Q', '90'),
      run('rm', 'FILE.pgm'),
    ),
    { ...heif, corners: false },
  ),
  served(
    'heif/alpha.heic',
    inTurn(
      pillow({ from: 'pattern.ppm', alpha: true, format: 'PNG' }),
      run('mv', 'FILE', 'FILE.png'),
      vips('heifsave', 'FILE.png', 'FILE', '--Q', '90'),
      run('rm', 'FILE.png'),
    ),
    { ...judgedBy([], 'ImageMagick 6 shows what is transparent'), corners: false },
  ),
  served(
    'heif/several.heic',
    run(
      'sh',
      '-c',
      'for n in 1 2 3; do convert page$n.ppm "$0.$n.png"; done; heif-enc -q 90 -o "$0" "$0".1.png "$0".2.png "$0".3.png >/dev/null; rm "$0".?.png',
      'FILE',
    ),
    { ...heif, pages: PAGES, judged: 1 },
  ),
  served(
    'heif/photo.avif',
    vips('heifsave', 'pattern.ppm', 'FILE', '--compression', 'av1', '--speed', '8', '--Q', '80'),
    heif,
  ),
  served('heif/thumbnail.heic', encoded('photo.jpg', '-t', '100'), heif),
  // Stored as the orientation of EXIF would have it: quarters against the clock.
  ...[/** @type {const} */ ([1, 8]), /** @type {const} */ ([2, 3]), /** @type {const} */ ([3, 6])].map(
    ([quarters, orientation]) =>
      served(
        `heif/turned-${quarters}.heic`,
        changed(vips('heifsave', `orientation${orientation}.ppm`, 'FILE', '--Q', '90'), (bytes) =>
          turned(bytes, quarters),
        ),
        heif,
      ),
  ),
  served(
    'heif/rgb-10.heic',
    inTurn(
      magick('pattern.ppm', '-depth', '16', '-define', 'png:bit-depth=16', 'png:FILE.png'),
      encoded('FILE.png', '-b', '10'),
      run('rm', 'FILE.png'),
    ),
    heif,
  ),
];

/**
 * @param {string} source
 * @param {readonly string[]} options
 */
function encoded(source, ...options) {
  return run('heif-enc', '-q', '90', ...options, '-o', 'FILE', source);
}
