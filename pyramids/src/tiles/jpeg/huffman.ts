import { Malformed } from '../bytes.ts';
import { MARKER, type Segment } from './segments.ts';

/** Codes up to this many bits are looked up at once. */
const QUICK = 9;

/** One table of codes (T.81, annex C), for reading and writing. */
export type Huffman = {
  /** By the next nine bits: length of the code × 256 + symbol; 0 where the code is longer. */
  readonly quick: Uint16Array;
  /** By length: the first bit pattern (of 16 bits, the code to the left) behind the codes of this length and shorter ones. */
  readonly limits: Int32Array;
  /** By length: what is added to a code to find its symbol. */
  readonly shifts: Int32Array;
  readonly symbols: Uint8Array;
  /** By symbol: length × 65536 + code; 0 where there is none. */
  readonly codes: Uint32Array;
};

/** The tables of a JPEG: by number, those for first values at 0 to 3, those for the others at 16 to 19. Throws `Malformed`. */
export function readTables(segments: readonly Segment[]): ReadonlyMap<number, Huffman> {
  const tables = new Map<number, Huffman>();
  for (const { marker, body } of segments) {
    if (marker !== MARKER.DHT) continue;
    for (let at = 0; at < body.length;) {
      const counts = body.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const end = at + 17 + total;
      if (counts.length < 16 || total > 256 || end > body.length) throw new Malformed('a table of its JPEG is damaged');
      tables.set(body[at] ?? 0, makeTable(counts, body.subarray(at + 17, end)));
      at = end;
    }
  }
  return tables;
}

/** Of numbers of codes by length (1 to 16), and symbols in their order. Throws `Malformed`. */
export function makeTable(counts: Uint8Array, symbols: Uint8Array): Huffman {
  const quick = new Uint16Array(1 << QUICK);
  const limits = new Int32Array(17);
  const shifts = new Int32Array(17);
  const codes = new Uint32Array(256);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    if (code + count > 1 << length) throw new Malformed('a table of its JPEG is damaged');
    shifts[length] = index - code;
    for (const symbol of symbols.subarray(index, index + count)) {
      codes[symbol] = length * 65_536 + code;
      const spare = QUICK - length;
      if (spare >= 0) quick.fill(length * 256 + symbol, code << spare, (code + 1) << spare);
      code += 1;
    }
    index += count;
    limits[length] = code << (16 - length);
    code <<= 1;
  }
  return { quick, limits, shifts, symbols, codes };
}

/** Reads the code at the left of 16 bits: its length × 256 + its symbol. Throws `Malformed`. */
export function decode({ quick, limits, shifts, symbols }: Huffman, bits: number): number {
  const found = quick[bits >> (16 - QUICK)] ?? 0;
  if (found !== 0) return found;
  for (let length = QUICK + 1; length <= 16; length++) {
    if (bits >= (limits[length] ?? 0)) continue;
    return length * 256 + (symbols[(bits >> (16 - length)) + (shifts[length] ?? 0)] ?? 0);
  }
  throw new Malformed('a tile of it is damaged');
}
