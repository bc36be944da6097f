/**
 * @typedef {object} Directory one picture of a TIFF
 * @property {Record<number, Value>} tags without those that say where the parts lie
 * @property {readonly Buffer[]} parts strips, or tiles where tag 322 is given
 * @property {readonly Directory[]} [sub] its SubIFDs
 */
/** @typedef {number | readonly number[] | Buffer | {type: 'long' | 'short' | 'byte', values: readonly number[]}} Value a number is a short, or a long where it must be */
/** @typedef {{bigEndian?: boolean, big?: boolean, endless?: boolean}} Form `endless`: the last directory leads to the first */

const TYPES = { byte: 1, short: 3, long: 4, undefined: 7, long8: 16 };
/** Bytes of a value, by its type. */
const WIDTHS = new Map([
  [TYPES.byte, 1],
  [TYPES.short, 2],
  [TYPES.long, 4],
  [TYPES.undefined, 1],
  [TYPES.long8, 8],
]);

/**
 * Writes a TIFF that no tool writes: every tag is what the caller says, nothing is checked.
 * @param {readonly Directory[]} directories that follow each other
 * @param {Form} [form]
 * @returns {Buffer}
 */
export function tiff(directories, { bigEndian = false, big = false, endless = false } = {}) {
  /** @type {Buffer[]} */
  const pieces = [];
  let end = 0;
  /** @type {(bytes: Buffer) => number} where it lies */
  const append = (bytes) => {
    const at = end;
    const padding = bytes.length % 2; // everything begins at an even place
    pieces.push(bytes, Buffer.alloc(padding));
    end += bytes.length + padding;
    return at;
  };
  /** @type {(value: number, width: number) => Buffer} */
  const word = (value, width) => {
    const bytes = Buffer.alloc(width);
    const high = Math.floor(value / 2 ** 32);
    if (width === 8) bytes.writeUInt32LE(high, 4);
    bytes.writeUIntLE(value - high * 2 ** 32, 0, Math.min(width, 4));
    if (bigEndian) bytes.reverse();
    return bytes;
  };
  const [place, count] = big ? [8, 8] : [4, 2];
  const offsetType = big ? TYPES.long8 : TYPES.long;

  /** @type {(tag: number, type: number, values: readonly number[] | Buffer) => Buffer} */
  const entry = (tag, type, values) => {
    const bytes = Buffer.isBuffer(values)
      ? values
      : Buffer.concat(values.map((value) => word(value, WIDTHS.get(type) ?? 1)));
    const inside =
      bytes.length <= place ? Buffer.concat([bytes, Buffer.alloc(place - bytes.length)]) : word(append(bytes), place);
    return Buffer.concat([word(tag, 2), word(type, 2), word(values.length, place), inside]);
  };

  /** @type {(directory: Directory) => {at: number, next: Buffer}} where it lies, and the word for where the next lies */
  const write = ({ tags, parts, sub = [] }) => {
    const subs = sub.map((one) => write(one).at);
    const places = parts.map(append);
    const tiled = 322 in tags;
    /** @type {Map<number, [type: number, values: readonly number[] | Buffer]>} */
    const all = new Map(Object.entries(tags).map(([tag, value]) => [Number(tag), typed(value)]));
    if (parts.length > 0) {
      all.set(tiled ? 324 : 273, [offsetType, places]);
      all.set(tiled ? 325 : 279, [offsetType, parts.map((part) => part.length)]);
    }
    if (subs.length > 0) all.set(330, [offsetType, subs]);
    const entries = [...all]
      .sort(([one], [other]) => one - other)
      .map(([tag, [type, values]]) => entry(tag, type, values));
    const next = word(0, place);
    const at = append(Buffer.concat([word(entries.length, count), ...entries]));
    // The word must follow at once; entries are an even number of bytes.
    pieces.push(next);
    end += next.length;
    return { at, next };
  };

  const first = word(0, place);
  append(
    Buffer.concat([
      Buffer.from(bigEndian ? 'MM' : 'II'),
      word(big ? 43 : 42, 2),
      ...(big ? [word(8, 2), word(0, 2)] : []),
    ]),
  );
  pieces.push(first);
  end += first.length;
  const written = directories.map(write);
  for (const [index, { at }] of written.entries()) word(at, place).copy(index === 0 ? first : written[index - 1].next);
  if (endless) word(written[0].at, place).copy(written[written.length - 1].next);
  return Buffer.concat(pieces);
}

/**
 * @param {Value} value
 * @returns {[type: number, values: readonly number[] | Buffer]}
 */
function typed(value) {
  if (Buffer.isBuffer(value)) return [TYPES.undefined, value];
  if (typeof value === 'object' && 'type' in value) return [TYPES[value.type], value.values];
  const values = typeof value === 'number' ? [value] : value;
  return [values.every((one) => one < 65_536) ? TYPES.short : TYPES.long, values];
}

/** What a picture of 8 bits a channel in one strip says of itself. */
export const tags = {
  /**
   * @param {{width: number, height: number}} size
   * @param {object} [what]
   * @param {number} [what.photometric] 0 min is white, 1 min is black, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr, 8 Lab
   * @param {number} [what.bands]
   * @param {number} [what.bits]
   * @param {number} [what.rows] in a strip
   * @param {Record<number, Value>} [what.more]
   * @returns {Record<number, Value>}
   */
  strips: (
    { width, height },
    { photometric = 2, bands = photometric === 2 ? 3 : 1, bits = 8, rows = height, more = {} } = {},
  ) => ({
    256: width,
    257: height,
    258: Array.from({ length: bands }, () => bits),
    259: 1,
    262: photometric,
    277: bands,
    278: rows,
    ...more,
  }),
  /**
   * @param {{width: number, height: number}} size
   * @param {{width: number, height: number}} tile
   * @param {object} [what] as above
   * @param {number} [what.photometric]
   * @param {number} [what.bands]
   * @param {number} [what.bits]
   * @param {Record<number, Value>} [what.more]
   * @returns {Record<number, Value>}
   */
  tiles: (size, tile, what = {}) => {
    const { 278: _, ...rest } = tags.strips(size, what);
    return { ...rest, 322: tile.width, 323: tile.height };
  },
};

/**
 * Cuts a picture into strips.
 * @param {{width: number, height: number, bytes: Buffer}} picture rows are whole bytes
 * @param {number} rows in each
 * @returns {Buffer[]}
 */
export function inStrips({ height, bytes }, rows) {
  const row = bytes.length / height;
  return Array.from({ length: Math.ceil(height / rows) }, (_, n) =>
    bytes.subarray(n * rows * row, (n + 1) * rows * row),
  );
}

/**
 * Cuts a picture into tiles; those at the edge are filled up with zeros.
 * @param {{width: number, height: number, bytes: Buffer}} picture pixels are whole bytes
 * @param {{width: number, height: number}} tile
 * @returns {Buffer[]}
 */
export function inTiles({ width, height, bytes }, tile) {
  const pixel = bytes.length / (width * height);
  const [across, down] = [Math.ceil(width / tile.width), Math.ceil(height / tile.height)];
  return Array.from({ length: across * down }, (_, n) => {
    const [left, top] = [(n % across) * tile.width, Math.floor(n / across) * tile.height];
    const part = Buffer.alloc(tile.width * tile.height * pixel);
    for (let y = top; y < Math.min(top + tile.height, height); y += 1) {
      const end = Math.min(left + tile.width, width);
      bytes.copy(part, (y - top) * tile.width * pixel, (y * width + left) * pixel, (y * width + end) * pixel);
    }
    return part;
  });
}
