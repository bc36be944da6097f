/**
 * Puts EXIF that says nothing but the orientation into a JPEG.
 * @param {Buffer} jpeg
 * @param {number} orientation
 * @returns {Buffer}
 */
export function withOrientation(jpeg, orientation) {
  const exif = Buffer.from(
    `Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0\0\0\0\0`,
    'latin1',
  );
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/**
 * @param {Buffer} jpeg
 * @param {number} marker second byte of it
 * @returns {Buffer} without the segments of that marker that stand before the picture
 */
export function withoutSegment(jpeg, marker) {
  const kept = [jpeg.subarray(0, 2)];
  let at = 2;
  while (jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== marker) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, jpeg.subarray(at)]);
}
