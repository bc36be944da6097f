import { closeSync, openSync, readSync } from 'node:fs';

/**
 * What of an image decides how digilib fares with it.
 * @typedef {object} Header
 * @property {string} type media type
 * @property {number} width pixels
 * @property {number} height pixels
 * @property {number} samples a pixel
 * @property {number} bits a sample
 * @property {number} [photometric] a tag of TIFF, as the next one
 * @property {number} [compression]
 * @typedef {(at: number, length: number) => Buffer} Read
 */

/**
 * Reads from the head of its file what of an image decides how digilib fares with it.
 * @param {string} file
 * @returns {Header | undefined} undefined for what digilib cannot identify
 */
export function header(file) {
  const handle = openSync(file, 'r');
  /** @type {Read} */
  const read = (at, length) => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, at));
  };
  try {
    const head = read(0, 4096);
    if (/^(II\*\0|MM\0\*)/.test(head.toString('latin1', 0, 4))) return tiff(head, read); // not BigTIFF
    if (head.toString('latin1', 4, 8) === 'jP  ') return jp2(head);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the file ends before its head does
    throw error;
  } finally {
    closeSync(handle);
  }
}

/**
 * @param {Buffer} head
 * @param {Read} read
 * @returns {Header}
 */
function tiff(head, read) {
  const little = head[0] === 0x49;
  /** @type {(bytes: Buffer, at: number) => number} */
  const short = (bytes, at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  /** @type {(bytes: Buffer, at: number) => number} */
  const long = (bytes, at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const directory = long(head, 4);
  const count = short(read(directory, 2), 0);
  const entries = read(directory + 2, count * 12);
  /** @type {Map<number, number>} */
  const tags = new Map();
  for (let at = 0; at < count * 12; at += 12) {
    const [id, kind, values] = [short(entries, at), short(entries, at + 2), long(entries, at + 4)];
    const elsewhere = kind === 3 && values > 2; // a list of numbers: its first one
    const value = elsewhere ? short(read(long(entries, at + 8), 2), 0) : undefined;
    tags.set(id, value ?? (kind === 3 ? short(entries, at + 8) : long(entries, at + 8)));
  }
  return {
    type: 'image/tiff',
    width: tags.get(256) ?? 0,
    height: tags.get(257) ?? 0,
    samples: tags.get(277) ?? 1,
    bits: tags.get(258) ?? 1,
    photometric: tags.get(262),
    compression: tags.get(259) ?? 1,
  };
}

/**
 * @param {Buffer} head
 * @returns {Header}
 */
function jp2(head) {
  const box = head.indexOf('ihdr');
  const size = { height: head.readUInt32BE(box + 4), width: head.readUInt32BE(box + 8) };
  const colours = { samples: head.readUInt16BE(box + 12), bits: (head.readUInt8(box + 14) & 0x7f) + 1 };
  return { type: 'image/jp2', ...size, ...colours };
}
