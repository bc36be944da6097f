/** What a file is not, or holds that it must not; in words for people. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** What is well as far as anybody read it, but more than is read; in words for people. */
export class Excessive extends Error {
  override readonly name = 'Excessive';
}

/** Bytes read of one file at most, in all: a header is small; the longest walks are those over the frames of a GIF. */
export const BUDGET = 268_435_456;
export const READS = 30_000;
/** Read at a time: most of what stands near is asked for next. */
const WINDOW = 4096;
/** Read at a time where a file is read from front to back. */
const LARGE_WINDOW = 65_536;
const WINDOWS_KEPT = 8;

type Window = { readonly at: number; readonly bytes: Buffer };

/** The bytes of a file, at any place, within bounds: never behind its end, and not more than a header can need. */
export class ByteSource {
  /** Bytes. */
  readonly length: number;
  readonly #fetch: (at: number, length: number) => Buffer | Promise<Buffer>;
  readonly #windows: Window[] = [];
  #budget = BUDGET;
  #reads = READS;

  /** `fetch` may give fewer bytes than it is asked for, where the file ends. */
  constructor(length: number, fetch: (at: number, length: number) => Buffer | Promise<Buffer>) {
    this.length = length;
    this.#fetch = fetch;
  }

  /** Exactly so many bytes from there. Throws `Malformed`, or `Excessive` where too much of the file has been read. */
  async bytes(at: number, length: number): Promise<Buffer> {
    if (!Number.isSafeInteger(at) || at < 0 || at + length > this.length) throw new Malformed('it ends too early');
    const window = this.#windows.find((one) => at >= one.at && at + length <= one.at + one.bytes.length);
    const { at: start, bytes } = window ?? (await this.#read(at, length));
    if (at - start + length > bytes.length) throw new Malformed('it ends too early');
    return bytes.subarray(at - start, at - start + length);
  }

  /** Text of one byte a character. */
  async latin1(at: number, length: number): Promise<string> {
    return (await this.bytes(at, length)).toString('latin1');
  }

  /** A part of it as a source of its own; the bounds are the same ones. */
  part(from: number, length: number): ByteSource {
    const size = Math.max(0, Math.min(length, this.length - from));
    return new ByteSource(size, (at, count) => this.bytes(from + at, Math.min(count, size - at)));
  }

  async #read(at: number, wanted: number): Promise<Window> {
    const [last] = this.#windows;
    const goesOn = last !== undefined && Math.abs(at - last.at - last.bytes.length) < WINDOW / 4;
    const length = Math.min(Math.max(wanted, goesOn ? LARGE_WINDOW : WINDOW), this.length - at);
    this.#budget -= length;
    if (this.#budget < 0 || this.#reads-- <= 0) throw new Excessive('to know what is in it takes too much reading');
    const window = { at, bytes: await this.#fetch(at, length) };
    this.#windows.unshift(window);
    this.#windows.length = Math.min(this.#windows.length, WINDOWS_KEPT);
    return window;
  }
}
