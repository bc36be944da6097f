import { deflateSync } from 'node:zlib';

/** Points of a pixel at 200 dots per inch, the resolution at which pages of a PDF are made. */
const POINT = 72 / 200;

/**
 * @typedef {object} PdfPage
 * @property {{width: number, height: number, bytes: Buffer}} [picture] fills the page; three channels, or what `space` says
 * @property {string} [space] colour space of the picture
 * @property {{width: number, height: number}} [size] pixels at 200 dpi; the picture's if not given
 * @property {string} [more] entries of the page's dictionary
 */

/**
 * Writes a PDF of pages that are one picture each.
 * @param {readonly PdfPage[]} pages
 * @returns {Buffer}
 */
export function pdf(pages) {
  /** @type {Buffer[]} */
  const objects = [];
  /** @type {(dictionary: string, stream?: Buffer) => number} its number */
  const add = (dictionary, stream) => {
    const body =
      stream === undefined
        ? [Buffer.from(dictionary)]
        : [Buffer.from(`${dictionary}\nstream\n`), stream, Buffer.from('\nendstream')];
    return objects.push(Buffer.concat(body));
  };
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(''); // the tree of pages, when they have numbers
  const numbers = pages.map(({ picture, space = '/DeviceRGB', size = picture, more = '' }) => {
    if (size === undefined) throw new Error('a page needs a size');
    const [width, height] = [size.width * POINT, size.height * POINT];
    const drawn = Buffer.from(picture === undefined ? '' : `q ${width} 0 0 ${height} 0 0 cm /P Do Q`);
    const content = add(`<< /Length ${drawn.length} >>`, drawn);
    const resources = picture === undefined ? '' : `/Resources << /XObject << /P ${image(picture, space)} 0 R >> >>`;
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] ${resources} /Contents ${content} 0 R ${more} >>`,
    );
  });
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${numbers.length} /Kids [${numbers.map((n) => `${n} 0 R`).join(' ')}] >>`,
  );
  return written(objects);

  /** @type {(picture: {width: number, height: number, bytes: Buffer}, space: string) => number} */
  function image({ width, height, bytes }, space) {
    const packed = deflateSync(bytes);
    const kind = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace ${space} /BitsPerComponent 8`;
    return add(`<< ${kind} /Filter /FlateDecode /Length ${packed.length} >>`, packed);
  }
}

/**
 * @param {readonly Buffer[]} objects
 * @returns {Buffer} with the table of where each lies
 */
function written(objects) {
  const parts = [Buffer.from('%PDF-1.4\n')];
  let end = parts[0].length;
  const places = objects.map((body, index) => {
    const at = end;
    const object = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(object);
    end += object.length;
    return at;
  });
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  return Buffer.concat([
    ...parts,
    Buffer.from(`${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`),
  ]);
}
