/**
 * @param {Buffer} bytes
 * @returns {{width: number, height: number}} pixels of a JPEG; throws if it is not a whole one
 */
export function jpegSize(bytes) {
  if (bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9)
    throw new Error('not a JPEG');
  for (let at = 2; ; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at + 1] >= 0xc0 && bytes[at + 1] <= 0xc3) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
  }
}

/**
 * @param {Buffer} bytes
 * @returns {{width: number, height: number}} pixels of a PNG; throws if it is not a whole one
 */
export function pngSize(bytes) {
  if (
    bytes.toString('latin1', 1, 4) !== 'PNG' ||
    bytes.toString('latin1', bytes.length - 8, bytes.length - 4) !== 'IEND'
  )
    throw new Error('not a PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
