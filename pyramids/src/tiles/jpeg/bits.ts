/** The 16 bits from a bit on; zeros behind the end. */
export function bitsAt(bytes: Uint8Array, bit: number): number {
  const at = bit >>> 3;
  const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (three >>> (8 - (bit & 7))) & 0xffff;
}

/** Bits one after the other, into a buffer that is large enough. */
export class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;
  #pending = 0;
  #held = 0;

  constructor(mostBytes: number) {
    this.#bytes = new Uint8Array(mostBytes);
  }

  /** The last `count` bits of a number; at most 16. */
  put(value: number, count: number): void {
    this.#pending = ((this.#pending << count) | (value & ((1 << count) - 1))) & 0x7fffff;
    this.#held += count;
    while (this.#held >= 8) {
      this.#held -= 8;
      this.#bytes[this.#length++] = this.#pending >>> this.#held;
    }
  }

  /** Bits of another buffer as they are. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    for (; to - at >= 16; at += 16) this.put(bitsAt(bytes, at), 16);
    this.put(bitsAt(bytes, at) >>> (16 - (to - at)), to - at);
  }

  /** What was written, the last byte filled with ones. */
  end(): Uint8Array {
    this.put(0xff, (8 - this.#held) & 7);
    return this.#bytes.subarray(0, this.#length);
  }
}
