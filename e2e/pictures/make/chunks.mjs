import { deflateSync, crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/**
 * @param {string} type
 * @param {Buffer} content
 * @returns {Buffer} a chunk of a PNG
 */
export function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  return Buffer.concat([word(content.length), body, word(crc32(body))]);
}

/**
 * Puts a chunk behind the header of a PNG.
 * @param {Buffer} png
 * @param {string} type
 * @param {Buffer} content
 */
export function withChunk(png, type, content) {
  const header = SIGNATURE.length + 25;
  return Buffer.concat([png.subarray(0, header), chunk(type, content), png.subarray(header)]);
}

/**
 * A PNG of nothing: what is packed is zeros, so that a million pixels are a thousand bytes.
 * @param {{width: number, height: number}} size
 * @param {{bits: 1 | 8, rows?: number}} what `rows`: how many are there at all
 */
export function blankPng({ width, height }, { bits, rows = height }) {
  const header = Buffer.concat([word(width), word(height), Buffer.from([bits, 0, 0, 0, 0])]);
  const row = 1 + Math.ceil((width * bits) / 8);
  const data = deflateSync(Buffer.alloc(row * rows), { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/**
 * Makes a JPEG 2000 file of a palette out of one that is grey: the numbers in it get colours.
 * @param {Buffer} jp2 as opj_compress writes it
 * @param {readonly (readonly number[])[]} colours red, green and blue of each number
 * @returns {Buffer} ISO 15444-1, I.5.3.4 and I.5.3.5
 */
export function withPalette(jp2, colours) {
  const at = jp2.indexOf('jp2h') - 4;
  const end = at + jp2.readUInt32BE(at);
  const pclr = box('pclr', Buffer.from([colours.length >> 8, colours.length & 255, 3, 7, 7, 7, ...colours.flat()]));
  const cmap = box('cmap', Buffer.from([0, 1, 2].flatMap((channel) => [0, 0, 1, channel])));
  const inside = Buffer.from(jp2.subarray(at + 8, end));
  inside.writeUInt32BE(16, inside.indexOf('colr') + 7); // sRGB
  return Buffer.concat([jp2.subarray(0, at), box('jp2h', Buffer.concat([inside, pclr, cmap])), jp2.subarray(end)]);
}

/** @type {(type: string, content: Buffer) => Buffer} */
const box = (type, content) => Buffer.concat([word(content.length + 8), Buffer.from(type, 'latin1'), content]);

/** @param {number} value */
function word(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
