import { judgedBy, PROFILED, refused, served } from '../make/entry.mjs';
import { withOrientation, withoutSegment } from '../make/jpeg.mjs';
import { changed, copy, magick, pillow, run, PROFILES } from '../make/makers.mjs';

/** @type {import('../make/entry.mjs').Entry[]} */
export const jpeg = [
  served('jpeg/colours-444.jpg', magick('pattern.ppm', '-sampling-factor', '1x1', '-quality', '92', 'jpg:FILE')),
  served('jpeg/colours-422.jpg', magick('pattern.ppm', '-sampling-factor', '2x1', '-quality', '92', 'jpg:FILE')),
  served('jpeg/colours-420.jpg', magick('pattern.ppm', '-sampling-factor', '2x2', '-quality', '92', 'jpg:FILE')),
  served('jpeg/colours-411.jpg', magick('pattern.ppm', '-sampling-factor', '4x1', '-quality', '92', 'jpg:FILE')),
  served('jpeg/colours-440.jpg', magick('pattern.ppm', '-sampling-factor', '1x2', '-quality', '92', 'jpg:FILE')),
  served('jpeg/grey.jpg', magick('pattern.ppm', '-colorspace', 'Gray', '-quality', '92', 'jpg:FILE'), {
    corners: false,
  }),
  served('jpeg/rgb-of-adobe.jpg', run('cjpeg', '-rgb', '-quality', '92', '-outfile', 'FILE', 'pattern.ppm')),
  served('jpeg/progressive.jpg', magick('pattern.ppm', '-interlace', 'JPEG', '-quality', '92', 'jpg:FILE')),
  served('jpeg/progressive-grey.jpg', magick('pattern.ppm', '-colorspace', 'Gray', '-interlace', 'JPEG', 'jpg:FILE'), {
    corners: false,
  }),
  served('jpeg/arithmetic.jpg', run('cjpeg', '-arithmetic', '-quality', '92', '-outfile', 'FILE', 'pattern.ppm')),
  served(
    'jpeg/arithmetic-progressive.jpg',
    run('cjpeg', '-arithmetic', '-progressive', '-outfile', 'FILE', 'pattern.ppm'),
  ),
  served('jpeg/restarts.jpg', run('cjpeg', '-restart', '1', '-quality', '92', '-outfile', 'FILE', 'pattern.ppm')),
  served('jpeg/quality-30.jpg', magick('pattern.ppm', '-quality', '30', 'jpg:FILE')),
  served('jpeg/large-progressive.jpg', magick('large.ppm', '-interlace', 'JPEG', '-quality', '92', 'jpg:FILE'), {
    pages: [{ width: 2100, height: 1500 }],
  }),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    served(
      `jpeg/orientation-${orientation}.jpg`,
      changed(magick(`orientation${orientation}.ppm`, '-quality', '92', 'jpg:FILE'), (bytes) =>
        withOrientation(bytes, orientation),
      ),
    ),
  ),
  served(
    'jpeg/orientation-9.jpg',
    changed(copy('photo.jpg'), (bytes) => withOrientation(bytes, 9)),
  ),
  served(
    'jpeg/orientation-0.jpg',
    changed(copy('photo.jpg'), (bytes) => withOrientation(bytes, 0)),
  ),
  served('jpeg/adobe-rgb.jpg', profiled('srgb.icc', 'a98.icc', '-quality', '95'), PROFILED),
  served('jpeg/prophoto.jpg', profiled('srgb.icc', 'rommrgb.icc', '-quality', '95'), PROFILED),
  served('jpeg/srgb-named.jpg', profiled('srgb.icc', 'srgb.icc', '-quality', '92'), PROFILED),
  served(
    'jpeg/grey-profile.jpg',
    magick('pattern.ppm', '-colorspace', 'Gray', '-profile', `${PROFILES}/ps_gray.icc`, '-quality', '92', 'jpg:FILE'),
    { ...PROFILED, corners: false },
  ),
  served('jpeg/cmyk-profile.jpg', profiled('srgb.icc', 'default_cmyk.icc', '-quality', '95'), PROFILED),
  served('jpeg/cmyk-of-adobe.jpg', inks(), PROFILED),
  served(
    'jpeg/cmyk-unmarked.jpg',
    changed(inks(), (bytes) => withoutSegment(bytes, 0xee)),
    PROFILED,
  ),
  served(
    'jpeg/ycck-of-imagemagick.jpg',
    magick('pattern.ppm', '-colorspace', 'CMYK', '-quality', '95', 'jpg:FILE'),
    PROFILED,
  ),
  served(
    'jpeg/ycck.jpg',
    run('gs', '-q', '-dSAFER', '-sDEVICE=jpegcmyk', '-dJPEGQ=95', '-r200', '-o', 'FILE', 'page.pdf'),
    PROFILED,
  ),
  served(
    'jpeg/wrong-profile.jpg',
    withProfile(`${PROFILES}/default_cmyk.icc`),
    judgedBy([], 'a profile of CMYK in a picture of RGB is left aside; ImageMagick and Pillow stop'),
  ),
  served(
    'jpeg/damaged-profile.jpg',
    withProfile('pattern.ppm'),
    judgedBy(['ImageMagick'], 'Pillow stops at a profile that is none'),
  ),
  served(
    'jpeg/motion-photo.jpg',
    changed(copy('photo.jpg'), (bytes) => Buffer.concat([bytes, Buffer.from('ftypmp42'), bytes])),
  ),
  served('jpeg/1x1.jpg', magick('pattern.ppm', '-crop', '1x1+10+10', '+repage', 'jpg:FILE'), {
    pages: [{ width: 1, height: 1 }],
    corners: false,
  }),
  served('jpeg/17x700.jpg', magick('pattern.ppm', '-resize', '17x700!', 'jpg:FILE'), {
    pages: [{ width: 17, height: 700 }],
    corners: false,
    mean: 6,
    most: 40,
    because: 'each pixel is an edge',
  }),
  served('jpeg/1025x1025.jpg', magick('pattern.ppm', '-resize', '1025x1025!', '-quality', '92', 'jpg:FILE'), {
    pages: [{ width: 1025, height: 1025 }],
  }),
  refused('jpeg/lossless.jpg', changed(copy('photo.jpg'), losslessOf), /JPEG/),
];

/**
 * The picture in another colour space, with its profile; so it looks as it was drawn.
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} options
 */
function profiled(from, to, ...options) {
  return magick(
    'pattern.ppm',
    '-profile',
    `${PROFILES}/${from}`,
    '-profile',
    `${PROFILES}/${to}`,
    ...options,
    'jpg:FILE',
  );
}

/** Inks the other way round, as Photoshop began it; every program takes them so, whether Adobe's mark is there or not. */
function inks() {
  return pillow({ from: 'pattern.ppm', mode: 'CMYK', format: 'JPEG', save: { quality: 95 } });
}

/** @param {string} icc */
function withProfile(icc) {
  return pillow({ from: 'pattern.ppm', format: 'JPEG', icc, save: { quality: 92 } });
}

/**
 * @param {Buffer} bytes
 * @returns {Buffer} the frame says that it is lossless, which no browser and no library of Debian reads
 */
function losslessOf(bytes) {
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xc3]), bytes.subarray(at + 2)]);
}
