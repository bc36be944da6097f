// Pictures of one flat colour, of any size: enough for a test that counts pixels, and no library is needed.
import { crc32, deflateSync } from 'node:zlib';

/**
 * A baseline JPEG file.
 * @param {number} width
 * @param {number} height
 * @param {number[]} colour [Y, Cb, Cr], 0 to 255
 */
export function jpeg(width, height, colour) {
  const segment = (/** @type {number} */ marker, /** @type {number[]} */ ...bytes) => [
    0xff,
    marker,
    (bytes.length + 2) >> 8,
    (bytes.length + 2) & 255,
    ...bytes,
  ];
  const component = (/** @type {number} */ id) => [id, 0x11, 0];
  const head = [
    ...[0xff, 0xd8],
    ...segment(0xe0, ...Buffer.from('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0),
    ...segment(0xdb, 0, ...new Array(64).fill(8)), // every step of the quantization is 8
    ...segment(0xc0, 8, height >> 8, height & 255, width >> 8, width & 255, 3, ...[1, 2, 3].flatMap(component)),
    // Differences: length 0 is the code 0, lengths 1 to 8 are 10000 to 10111.
    ...segment(0xc4, 0x00, 1, 0, 0, 0, 8, ...new Array(11).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8),
    ...segment(0xc4, 0x10, 1, ...new Array(15).fill(0), 0), // end of block is the code 0
    ...segment(0xda, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0),
  ];
  // The first block says the colour, every other one says "the same": two bits 0 per block.
  const first = colour.map((value) => difference(value - 128) + '0').join('');
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const bits = first.length + (blocks - 1) * 6;
  const data = Buffer.alloc(Math.ceil(bits / 8));
  for (let at = 0; at < first.length; at += 1) if (first[at] === '1') data[at >> 3] |= 0x80 >> (at & 7);
  if (bits % 8) data[data.length - 1] |= 0xff >> (bits % 8);
  const stuffed = [...data.subarray(0, 8)].flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]));
  return Buffer.concat([Buffer.from(head), Buffer.from(stuffed), data.subarray(8), Buffer.from([0xff, 0xd9])]);
}

/** @param {number} value */
function difference(value) {
  const length = Math.abs(value).toString(2).length * (value === 0 ? 0 : 1);
  if (length === 0) return '0';
  const bits = value > 0 ? value : value + 2 ** length - 1;
  return (15 + length).toString(2) + bits.toString(2).padStart(length, '0');
}

/**
 * A PNG file.
 * @param {number} width
 * @param {number} height
 * @param {number[]} colour [red, green, blue], 0 to 255
 */
export function png(width, height, colour) {
  const chunk = (/** @type {string} */ type, /** @type {Buffer} */ data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(colour))]);
  const rows = Buffer.alloc(row.length * height, row);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
