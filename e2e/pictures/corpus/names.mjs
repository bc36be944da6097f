import { served } from '../make/entry.mjs';
import { copy, magick, write } from '../make/makers.mjs';
import { pattern } from '../make/pattern.mjs';
import { pdf } from '../make/pdf.mjs';
import { tags, tiff } from '../make/tiff.mjs';

const NAMES = [
  'M\u00fcller \u00dcbersicht.jpg',
  'Mu\u0308ller U\u0308bersicht.jpg',
  'a picture with blanks .jpg',
  'a+b.jpg',
  'a&b.jpg',
  'a#b.jpg',
  'a%b.jpg',
  'a%2Fb.jpg',
  'a;b.jpg',
  'a?b.jpg',
  "it's 'quoted' \"twice\".jpg",
  'brackets [0] {1} (2) <3>.jpg',
  'page[1].jpg',
  'colon:comma,equals=.jpg',
  '$HOME `id` | tee *.jpg',
  '~tilde^.jpg',
  '@at.jpg',
  '-minus.jpg',
  '\u{1f30d} earth.jpg',
  '\u65e5\u672c\u306e\u5730\u56f3.jpg',
  `${'\u00e9'.repeat(120)}${'x'.repeat(6)}.jpg`,
  'two..dots...jpg',
  'CAPITALS.JPG',
  'JPEG.jpeg',
  'info.json.jpg',
];

/** @type {import('../make/entry.mjs').Entry[]} */
export const names = [
  ...NAMES.map((name) => served(`names/${name}`, copy('photo.jpg'), { judges: ['Pillow'] })),
  served('names/a folder #1/& another+one/photo.jpg', copy('photo.jpg')),

  served('wrong-endings/jpeg.png', copy('photo.jpg')),
  served('wrong-endings/jpeg.tif', copy('photo.jpg')),
  served('wrong-endings/png.jpg', magick('pattern.ppm', 'png:FILE')),
  served('wrong-endings/webp.jpg', magick('pattern.ppm', '-quality', '92', 'webp:FILE')),
  served('wrong-endings/gif.jp2', magick('pattern.ppm', 'gif:FILE')),
  served('wrong-endings/tiff.jpg', write(plainTiff)),
  served('wrong-endings/tiff.pdf', write(plainTiff)),
  served(
    'wrong-endings/pdf.jpg',
    write(() => pdf([{ picture: pattern() }])),
    { judges: ['Ghostscript'], most: 40 },
  ),
];

function plainTiff() {
  const picture = pattern();
  return tiff([{ tags: tags.strips(picture), parts: [picture.bytes] }]);
}
