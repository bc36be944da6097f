import { Malformed } from '../bytes.ts';

/** Markers of JPEG (ITU-T T.81, table B.1). */
export const MARKER = {
  SOF0: 0xc0,
  SOF1: 0xc1,
  DHT: 0xc4,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DRI: 0xdd,
  APP0: 0xe0,
  APP14: 0xee,
  APP15: 0xef,
  COM: 0xfe,
} as const;

const MOST_SEGMENTS = 200;

/** A marker with its parameters: bytes `from` (of the marker) to `end`; `body` begins behind the length. */
export type Segment = { readonly marker: number; readonly from: number; readonly end: number; readonly body: Buffer };

/**
 * The segments of a JPEG from its beginning to the first scan (with that one) or to the end of the image. Throws
 * `Malformed`.
 */
export function readSegments(jpeg: Buffer): readonly Segment[] {
  if (jpeg.length < 4 || jpeg.readUInt16BE() !== 0xff00 + MARKER.SOI) throw new Malformed('a tile is no JPEG');
  const segments: Segment[] = [];
  let at = 2;
  while (segments.length < MOST_SEGMENTS) {
    while (jpeg[at] === 0xff && jpeg[at + 1] === 0xff) at += 1;
    const marker = jpeg[at + 1];
    if (jpeg[at] !== 0xff || marker === undefined) throw new Malformed('a JPEG in it is damaged');
    if (marker === MARKER.EOI) return segments;
    const end = at + 4 <= jpeg.length ? at + 2 + jpeg.readUInt16BE(at + 2) : Infinity;
    if (end < at + 4 || end > jpeg.length) throw new Malformed('a JPEG in it is damaged');
    segments.push({ marker, from: at, end, body: jpeg.subarray(at + 4, end) });
    if (marker === MARKER.SOS) return segments;
    at = end;
  }
  throw new Malformed('a JPEG in it has too many parts');
}
