import type { Dimensions } from '../../shared/dimensions.ts';
import { Malformed } from '../bytes.ts';
import { MARKER, type Segment } from './segments.ts';

/** A colour of a scan: blocks of it in a unit, and the tables it uses. */
type Component = { readonly across: number; readonly down: number; readonly dc: number; readonly ac: number };

/** What is needed to walk through the one scan of a sequential JPEG (T.81, B.2.2 and B.2.3). */
export type Scan = Dimensions & {
  readonly components: readonly Component[];
  /** Pixels of a unit (MCU), in which the blocks of all colours of a place stand together. */
  readonly unit: Dimensions;
  /** Units from one restart to the next; 0: there are none. */
  readonly restart: number;
};

export type ScanReading =
  { readonly kind: 'scan'; readonly scan: Scan } | { readonly kind: 'not native'; readonly reason: string };

/** Reads the head of a JPEG; `not native` is one that is not baseline, or not in one scan. Throws `Malformed`. */
export function readScan(segments: readonly Segment[]): ScanReading {
  // Every marker that begins a frame or belongs to another way of coding (DNL, DAC …) but those for tables and remarks.
  const frames = segments.filter(({ marker }) => (marker & 0xf0) === 0xc0 && marker !== MARKER.DHT);
  const [frame] = frames;
  const last = segments.at(-1);
  if (!frame || last?.marker !== MARKER.SOS) throw new Malformed('a tile of it is no picture');
  if (frames.length > 1 || (frame.marker !== MARKER.SOF0 && frame.marker !== MARKER.SOF1) || frame.body[0] !== 8)
    return { kind: 'not native', reason: 'its tiles are JPEG, but not of the plain (baseline) kind' };
  const { body } = frame;
  const count = body[5] ?? 0;
  if (body.length !== 6 + 3 * count || (count !== 1 && count !== 3))
    throw new Malformed('a tile of it has no known colours');
  const parts = Array.from({ length: count }, (_, index) => partAt(body, 6 + 3 * index));
  if (last.body[0] !== count) return { kind: 'not native', reason: 'its tiles are JPEG of several scans' };
  if (last.body.length !== 4 + 2 * count) throw new Malformed('a tile of it is damaged');
  const components = parts.map(({ id, across, down }, index): Component => {
    if (last.body[1 + 2 * index] !== id) throw new Malformed('a tile of it is damaged');
    const tables = last.body[2 + 2 * index] ?? 0;
    // A colour that is alone in its scan comes block by block, whatever its sampling factors are (T.81, A.2.2).
    const blocks = count === 1 ? { across: 1, down: 1 } : { across, down };
    return { ...blocks, dc: tables >> 4, ac: tables & 15 };
  });
  const unit = {
    width: 8 * Math.max(...components.map(({ across }) => across)),
    height: 8 * Math.max(...components.map(({ down }) => down)),
  };
  const size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) };
  return { kind: 'scan', scan: { ...size, components, unit, restart: restartOf(segments) } };
}

function partAt(body: Buffer, at: number) {
  const sampling = body[at + 1] ?? 0;
  const [across, down] = [sampling >> 4, sampling & 15];
  if (across < 1 || across > 4 || down < 1 || down > 4) throw new Malformed('a tile of it is damaged');
  return { id: body[at], across, down };
}

function restartOf(segments: readonly Segment[]): number {
  const last = segments.findLast(({ marker }) => marker === MARKER.DRI);
  if (!last) return 0;
  if (last.body.length !== 2) throw new Malformed('a tile of it is damaged');
  return last.body.readUInt16BE();
}
