import { open, writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { pdf } from './pdf.mjs';
import { tags, tiff } from './tiff.mjs';

/** A page of one pixel. */
export function dot() {
  return { tags: tags.strips({ width: 1, height: 1 }, { photometric: 1 }), parts: [Buffer.alloc(1)] };
}

/**
 * One strip of zeros.
 * @param {number} width
 * @param {number} height
 */
export function bomb(width, height) {
  const part = deflateSync(Buffer.alloc(width * 100), { level: 9 });
  return tiff([{ tags: { ...tags.strips({ width, height }, { photometric: 1 }), 259: 8 }, parts: [part] }]);
}

/** @param {Buffer} gif becomes 40,000 x 40,000 */
export function gifSized(gif) {
  const bytes = Buffer.from(gif);
  bytes.writeUInt16LE(40_000, 6);
  bytes.writeUInt16LE(40_000, 8);
  return bytes;
}

/**
 * @param {Buffer} jpeg
 * @param {number} side
 */
export function jpegSized(jpeg, side) {
  const bytes = Buffer.from(jpeg);
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(side, at + 5);
  bytes.writeUInt16BE(side, at + 7);
  return bytes;
}

/** @param {number} count of frames of 8 x 8 pixels */
export function frames(count) {
  const head = Buffer.from('GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const frame = Buffer.from('\x2c\0\0\0\0\x08\0\x08\0\0\x02\x07\x84\x8f\xa9\xcb\xed\x0f\x5d\0', 'latin1');
  return Buffer.concat([head, ...Array.from({ length: count }, () => frame), Buffer.from(';')]);
}

/**
 * @param {number} count of pages
 * @returns {Buffer} a PDF
 */
export function manyPages(count) {
  const page = { size: { width: 300, height: 200 } };
  return pdf(Array.from({ length: count }, () => page));
}

/** @param {string} file says that it is a TIFF, and is a gigabyte of nothing */
export async function sparse(file) {
  await writeFile(file, Buffer.from('II*\0\x08\0\0\0', 'latin1'));
  const handle = await open(file, 'r+');
  await handle.truncate(2 ** 30);
  await handle.close();
}
