/**
 * Says in a HEIF of one picture that it has to be turned: ISO/IEC 23008-12, 6.5.10.
 * @param {Buffer} heif as libheif writes it
 * @param {1 | 2 | 3} quarters against the clock
 * @returns {Buffer}
 */
export function turned(heif, quarters) {
  const meta = find(heif, 'meta', 0, heif.length);
  const iprp = find(heif, 'iprp', meta.begin + 12, meta.end);
  const ipco = find(heif, 'ipco', iprp.begin + 8, iprp.end);
  const ipma = find(heif, 'ipma', iprp.begin + 8, iprp.end);
  const properties = [...boxes(heif, ipco.begin + 8, ipco.end)].length;

  const irot = Buffer.from([0, 0, 0, 9, ...Buffer.from('irot'), quarters]);
  const wide = (heif[ipma.begin + 11] & 1) === 1; // numbers of properties take two bytes
  const association = wide ? [0x80, properties + 1] : [0x80 | (properties + 1)];
  const growth = irot.length + association.length;

  const result = Buffer.concat([
    heif.subarray(0, ipco.end),
    irot,
    heif.subarray(ipco.end, ipma.end),
    Buffer.from(association),
    heif.subarray(ipma.end),
  ]);
  const grow = (/** @type {number} */ at, /** @type {number} */ by) =>
    result.writeUInt32BE(result.readUInt32BE(at) + by, at);
  grow(meta.begin, growth);
  grow(iprp.begin, growth);
  grow(ipco.begin, irot.length);
  const associations = ipma.begin + irot.length;
  grow(associations, association.length);
  result[associations + 18] += 1; // of the one picture, whose number has two bytes
  const iloc = find(result, 'iloc', meta.begin + 12, meta.end);
  movePlaces(result, iloc.begin, growth);
  return result;
}

/**
 * Where the data of a picture lie, when what stands before them has grown (ISO/IEC 14496-12, 8.11.3).
 * @param {Buffer} heif
 * @param {number} iloc
 * @param {number} growth
 */
function movePlaces(heif, iloc, growth) {
  const [version, sizes] = [heif[iloc + 8], heif.readUInt16BE(iloc + 12)];
  const [offset, length, base, index] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 15);
  let at = iloc + 16;
  for (let items = heif.readUInt16BE(iloc + 14); items > 0; items -= 1) {
    at += 2 + (version > 0 ? 2 : 0) + 2;
    if (base > 0) heif.writeUIntBE(heif.readUIntBE(at, base) + (offset > 0 ? 0 : growth), at, base);
    at += base;
    const extents = heif.readUInt16BE(at);
    at += 2;
    for (let n = 0; n < extents; n += 1) {
      if (version > 0) at += index;
      if (offset > 0) heif.writeUIntBE(heif.readUIntBE(at, offset) + growth, at, offset);
      at += offset + length;
    }
  }
}

/**
 * @param {Buffer} bytes
 * @param {string} type
 * @param {number} from
 * @param {number} to
 */
function find(bytes, type, from, to) {
  for (const box of boxes(bytes, from, to)) if (box.type === type) return box;
  throw new Error(`no box ${type}`);
}

/**
 * @param {Buffer} bytes
 * @param {number} from
 * @param {number} to
 */
function* boxes(bytes, from, to) {
  for (let at = from; at < to; at += bytes.readUInt32BE(at)) {
    yield { type: bytes.toString('latin1', at + 4, at + 8), begin: at, end: at + bytes.readUInt32BE(at) };
  }
}
