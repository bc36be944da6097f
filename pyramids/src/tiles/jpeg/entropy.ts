import { MARKER } from './segments.ts';

/** The coded part of a scan without what keeps markers apart. */
export type Coded = {
  readonly bytes: Uint8Array;
  /** Where each part from one restart to the next ends, bytes. */
  readonly ends: readonly number[];
};

/** Takes the coded part out of a JPEG, from a place to the next marker that is no restart (T.81, B.1.1.5 and F.1.2.3). */
export function unstuff(jpeg: Buffer, from: number): Coded {
  const bytes = Buffer.allocUnsafe(jpeg.length - from);
  const ends: number[] = [];
  let length = 0;
  let at = from;
  for (;;) {
    const found = jpeg.indexOf(0xff, at);
    const stop = found === -1 ? jpeg.length : found;
    length += jpeg.copy(bytes, length, at, stop);
    const next = jpeg[stop + 1];
    if (next === 0) {
      bytes[length++] = 0xff;
      at = stop + 2;
    } else if (next === 0xff) at = stop + 1;
    else {
      ends.push(length);
      if (next === undefined || next < MARKER.RST0 || next > MARKER.RST7)
        return { bytes: bytes.subarray(0, length), ends };
      at = stop + 2;
    }
  }
}

/** A zero behind each byte that would look like a marker. */
export function stuff(bytes: Uint8Array): Buffer {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const stuffed = Buffer.allocUnsafe(2 * plain.length);
  let length = 0;
  let at = 0;
  for (let found = plain.indexOf(0xff); found !== -1; found = plain.indexOf(0xff, at)) {
    length += plain.copy(stuffed, length, at, found + 1);
    stuffed[length++] = 0;
    at = found + 1;
  }
  length += plain.copy(stuffed, length, at);
  return stuffed.subarray(0, length);
}
