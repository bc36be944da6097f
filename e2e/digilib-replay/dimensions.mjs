import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Reads the size of an image from the head of its file.
 * @returns {{width: number, height: number, tile?: number} | undefined} pixels; undefined for what is no such image
 */
export function dimensions(file) {
  const handle = openSync(file, 'r');
  const read = (at, length) => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, at));
  };
  try {
    const head = read(0, 4096);
    if (head.length === 0) return undefined;
    if (/^(II\*\0|MM\0\*)/.test(head.toString('latin1', 0, 4))) return tiff(head, read);
    if (head.toString('latin1', 4, 8) === 'jP  ') return jp2(head);
    if (head.toString('latin1', 1, 4) === 'PNG') return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
    if (head.readUInt16BE(0) === 0xffd8) return jpeg(read);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the file ends before its head does
    throw error;
  } finally {
    closeSync(handle);
  }
}

function tiff(head, read) {
  const little = head[0] === 0x49;
  const short = (bytes, at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (bytes, at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const directory = long(head, 4);
  const count = short(read(directory, 2), 0);
  const entries = read(directory + 2, count * 12);
  const tags = new Map();
  for (let at = 0; at < count * 12; at += 12) {
    tags.set(short(entries, at), short(entries, at + 2) === 3 ? short(entries, at + 8) : long(entries, at + 8));
  }
  return { width: tags.get(256), height: tags.get(257), tile: tags.get(322) };
}

function jp2(head) {
  const box = head.indexOf('ihdr');
  const size = { height: head.readUInt32BE(box + 4), width: head.readUInt32BE(box + 8) };
  const tile = head.readUInt32BE(head.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51])) + 24);
  return tile < size.width ? { ...size, tile } : size;
}

function jpeg(read) {
  for (let at = 2; ;) {
    const segment = read(at, 9);
    if (segment[1] >= 0xc0 && segment[1] <= 0xc3)
      return { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    at += 2 + segment.readUInt16BE(2);
  }
}
