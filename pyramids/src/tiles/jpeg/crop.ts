import type { Dimensions } from '../../shared/dimensions.ts';
import { Malformed } from '../bytes.ts';
import { bitsAt, BitWriter } from './bits.ts';
import type { Coded } from './entropy.ts';
import { decode, type Huffman } from './huffman.ts';
import type { Scan } from './scan.ts';

/** A block of a unit: the number of its colour, and the tables of that one. */
export type Block = { readonly colour: number; readonly dc: Huffman; readonly ac: Huffman; readonly written: Huffman };

/** Bytes that a first value can take more than it took: 9 bits of code, 11 of value. */
const MORE = 3;
/** Bits of the largest difference between first values of 8-bit pictures. */
const WIDEST = 11;

/**
 * Keeps the units at the upper left that hold `size` pixels. Nothing is decoded but the codes themselves: what is kept
 * is copied bit by bit. Only the first value of a block is written anew where the block before it in the new order is
 * another one, as it is stored as the difference to that one's.
 *
 * @returns undefined if a difference has no code in the table that it is `written` with. Throws `Malformed`.
 */
export function crop(coded: Coded, scan: Scan, blocks: readonly Block[], size: Dimensions): Uint8Array | undefined {
  const { bytes, ends } = coded;
  const { unit, restart } = scan;
  const across = Math.ceil(scan.width / unit.width);
  const kept = { across: Math.ceil(size.width / unit.width), down: Math.ceil(size.height / unit.height) };
  const out = new BitWriter(bytes.length + MORE * kept.across * kept.down * blocks.length + 8);
  /** By colour: the first value of the last block in the old order and in the new one. */
  const [before, writtenBefore] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  let [at, part] = [0, 0];
  let untilRestart = restart || Infinity;
  /** From here on nothing has been copied. */
  let from = 0;
  for (let row = 0; row < kept.down; row++) {
    const needed = row === kept.down - 1 ? kept.across : across;
    for (let column = 0; column < needed; column++) {
      const keeps = column < kept.across;
      if (untilRestart-- === 0) {
        if (keeps) out.copy(bytes, from, at);
        from = at = 8 * (ends[part++] ?? Infinity);
        before.fill(0);
        untilRestart = restart - 1;
      }
      for (const { colour, dc, ac, written } of blocks) {
        const code = decode(dc, bitsAt(bytes, at));
        const [length, width] = [code >> 8, code & 0xff];
        if (width > WIDEST) throw new Malformed('a tile of it is damaged');
        const difference = signed(bitsAt(bytes, at + length), width);
        const value = (before[colour] ?? 0) + difference;
        before[colour] = value;
        const behind = at + length + width;
        if (keeps) {
          const wanted = value - (writtenBefore[colour] ?? 0);
          writtenBefore[colour] = value;
          if (wanted !== difference || written !== dc) {
            out.copy(bytes, from, at);
            if (!writeFirst(out, written, wanted)) return undefined;
            from = behind;
          }
        }
        at = skipRest(ac, bytes, behind);
      }
      if (at > 8 * (ends[part] ?? 0)) throw new Malformed('a tile of it ends too early');
      if (column === kept.across - 1) out.copy(bytes, from, at);
    }
    from = at;
  }
  return out.end();
}

/** A difference of so many bits, the first of 16 (T.81, F.2.2.1). */
function signed(bits: number, width: number): number {
  if (width === 0) return 0;
  const value = bits >> (16 - width);
  return value < 1 << (width - 1) ? value - (1 << width) + 1 : value;
}

function writeFirst(out: BitWriter, { codes }: Huffman, difference: number): boolean {
  const width = 32 - Math.clz32(Math.abs(difference));
  const code = codes[width] ?? 0;
  if (width > WIDEST) throw new Malformed('a tile of it is damaged');
  if (code === 0) return false;
  out.put(code & 0xffff, code >>> 16);
  out.put(difference < 0 ? difference - 1 : difference, width);
  return true;
}

/** Goes to the end of a block, behind its 63 other values (T.81, F.2.2.2). */
function skipRest(ac: Huffman, bytes: Uint8Array, from: number): number {
  let at = from;
  for (let k = 1; k < 64; k++) {
    const code = decode(ac, bitsAt(bytes, at));
    const width = code & 15;
    at += (code >> 8) + width;
    const zeros = (code & 0xff) >> 4;
    if (width === 0 && zeros !== 15) return at;
    k += zeros;
    if (k > 63) throw new Malformed('a tile of it is damaged');
  }
  return at;
}
