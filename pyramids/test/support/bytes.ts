import { Malformed, type Bytes } from '../../src/tiles/bytes.ts';

/** A file that is not on a disk. */
export function bytesOf(buffer: Buffer): Bytes {
  return {
    length: buffer.length,
    fill: (into, at) => {
      const count = buffer.copy(into, 0, at, at + into.length);
      return count < into.length ? Promise.reject(new Malformed('it ends too early')) : Promise.resolve();
    },
  };
}
