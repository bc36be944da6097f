import { withChunk } from '../make/chunks.mjs';
import { judgedBy, PROFILED, served } from '../make/entry.mjs';
import { changed, inTurn, magick, PAGES, pillow, PROFILES } from '../make/makers.mjs';

const GREY = { corners: false };
const ANIMATED = ['pattern.ppm', 'negative.ppm'];
const deep = judgedBy(['ImageMagick'], 'Pillow does not scale this depth');
const unturned = judgedBy(['Pillow'], 'ImageMagick 6 does not see this orientation');

/** @type {(...options: string[]) => import('../make/makers.mjs').Maker} */
const png = (...options) => magick('pattern.ppm', ...options, 'png:FILE');
const exif = (/** @type {number} */ orientation) =>
  Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);

/** PNG, GIF and WebP. @type {import('../make/entry.mjs').Entry[]} */
export const web = [
  served('png/rgb.png', png()),
  served('png/rgb-16.png', png('-depth', '16', '-define', 'png:bit-depth=16', '-define', 'png:color-type=2'), deep),
  served('png/rgb-interlaced.png', png('-interlace', 'PNG')),
  ...[1, 2, 4, 8].map((bits) =>
    served(
      `png/grey-${bits}.png`,
      png(
        '-colorspace',
        'Gray',
        '-dither',
        'None',
        '-depth',
        String(bits),
        '-define',
        'png:color-type=0',
        '-define',
        `png:bit-depth=${bits}`,
      ),
      GREY,
    ),
  ),
  served(
    'png/grey-16.png',
    png('-colorspace', 'Gray', '-depth', '16', '-define', 'png:color-type=0', '-define', 'png:bit-depth=16'),
    { ...GREY, ...deep },
  ),
  served('png/palette-8.png', png('-colors', '200', '-define', 'png:color-type=3')),
  served(
    'png/palette-4.png',
    png('-dither', 'None', '-colors', '16', '-define', 'png:color-type=3', '-define', 'png:bit-depth=4'),
  ),
  served(
    'png/palette-transparent.png',
    pillow({ from: 'pattern.ppm', quantize: 64, format: 'PNG', save: { transparency: 0 } }),
    { corners: false },
  ),
  served('png/alpha.png', pillow({ from: 'pattern.ppm', alpha: true, format: 'PNG' }), { corners: false }),
  served(
    'png/alpha-16.png',
    inTurn(
      pillow({ from: 'pattern.ppm', alpha: true, format: 'PNG' }),
      magick('png:FILE', '-depth', '16', '-define', 'png:bit-depth=16', '-define', 'png:color-type=6', 'png:FILE'),
    ),
    { corners: false },
  ),
  served('png/alpha-grey.png', pillow({ from: 'pattern.ppm', alpha: true, mode: 'LA', format: 'PNG' }), GREY),
  served(
    'png/transparent-colour.png',
    pillow({ from: 'pattern.ppm', format: 'PNG', save: { transparency: [230, 30, 30] } }),
    { corners: false },
  ),
  served(
    'png/transparent-grey.png',
    pillow({ from: 'pattern.ppm', mode: 'L', format: 'PNG', save: { transparency: 0 } }),
    GREY,
  ),
  served('png/adobe-rgb.png', png('-profile', `${PROFILES}/srgb.icc`, '-profile', `${PROFILES}/a98.icc`), PROFILED),
  served(
    'png/orientation-6.png',
    changed(magick('orientation6.ppm', 'png:FILE'), (bytes) => withChunk(bytes, 'eXIf', exif(6))),
    unturned,
  ),
  served('png/animated.png', pillow({ from: ANIMATED, format: 'PNG' })),
  served('png/1x1.png', png('-crop', '1x1+10+10', '+repage'), { pages: [{ width: 1, height: 1 }], corners: false }),
  served('png/1x3000.png', png('-resize', '1x3000!'), { pages: [{ width: 1, height: 3000 }], corners: false }),

  served('gif/static.gif', magick('pattern.ppm', 'gif:FILE')),
  served('gif/static-87.gif', magick('pattern.ppm', 'gif87:FILE')),
  served('gif/interlaced.gif', magick('pattern.ppm', '-interlace', 'GIF', 'gif:FILE')),
  served(
    'gif/transparent.gif',
    magick('pattern.ppm', '-dither', 'None', '-colors', '32', '-transparent', '#E61E1E', 'gif:FILE'),
    { corners: false },
  ),
  served('gif/grey.gif', magick('pattern.ppm', '-colorspace', 'Gray', 'gif:FILE'), GREY),
  served(
    'gif/animated.gif',
    magick(
      '-delay',
      '20',
      'pattern.ppm',
      '(',
      'pattern.ppm',
      '-negate',
      ')',
      '(',
      'pattern.ppm',
      '-flip',
      ')',
      'gif:FILE',
    ),
    { pages: [PAGES[0], PAGES[0], PAGES[0]], corners: false },
  ),
  served(
    'gif/animated-parts.gif',
    magick('-delay', '20', 'pattern.ppm', '(', 'page3.ppm', '-repage', '700x500+200+150', ')', 'gif:FILE'),
    {
      pages: [PAGES[0], PAGES[0]],
      corners: false,
      most: 40,
      ...judgedBy(['Pillow'], 'ImageMagick cuts the part of a frame out'),
    },
  ),

  served('webp/lossy.webp', pillow({ from: 'pattern.ppm', format: 'WEBP', save: { quality: 92 } })),
  served('webp/lossless.webp', pillow({ from: 'pattern.ppm', format: 'WEBP', save: { lossless: true } })),
  served('webp/alpha.webp', pillow({ from: 'pattern.ppm', alpha: true, format: 'WEBP', save: { lossless: true } }), {
    corners: false,
  }),
  served('webp/alpha-lossy.webp', pillow({ from: 'pattern.ppm', alpha: true, format: 'WEBP', save: { quality: 92 } }), {
    corners: false,
  }),
  served(
    'webp/adobe-rgb.webp',
    inTurn(
      png('-profile', `${PROFILES}/srgb.icc`, '-profile', `${PROFILES}/a98.icc`),
      pillow({ from: 'FILE', format: 'WEBP', icc: `${PROFILES}/a98.icc`, save: { quality: 95 } }),
    ),
    PROFILED,
  ),
  ...[3, 6].map((orientation) =>
    served(
      `webp/orientation-${orientation}.webp`,
      pillow({ from: `orientation${orientation}.ppm`, format: 'WEBP', orientation, save: { quality: 92 } }),
      unturned,
    ),
  ),
  served('webp/animated.webp', pillow({ from: ANIMATED, format: 'WEBP', save: { quality: 92 } }), {
    pages: [PAGES[0], PAGES[0]],
    corners: false,
    judged: 1,
  }),
];
