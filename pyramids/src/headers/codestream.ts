import type { Dimensions } from '../shared/dimensions.ts';
import type { Jpeg2000Header } from './header.ts';
import { Malformed, type ByteSource } from './source.ts';

const SIZ = 0xff51;
const COD = 0xff52;
/** The first part of a tile: the head is over. */
const SOT = 0xff90;
const MOST_MARKERS = 200;
/** Components looked at: no picture has more. */
const MOST_COMPONENTS = 64;

/** What the codestream says, and what the boxes around it. */
export type Codestream = Omit<Jpeg2000Header, 'format' | 'palette' | 'alpha' | 'colourSpace' | 'profile'>;
type Grid = Omit<Codestream, 'levels'>;

/** Reads the main header of a JPEG 2000 codestream (ISO/IEC 15444-1, annex A). Throws `Malformed`. */
export async function readCodestream(source: ByteSource): Promise<Codestream> {
  let grid: Grid | undefined;
  let at = 2;
  for (let count = 0; count < MOST_MARKERS; count++) {
    const bytes = await source.bytes(at, 4);
    const marker = bytes.readUInt16BE(0);
    if (marker === SOT || marker < 0xff30) break;
    const length = bytes.readUInt16BE(2);
    if (length < 2) break;
    if (marker === SIZ) grid = readGrid(await source.bytes(at + 4, length - 2));
    if (marker === COD && grid) {
      const decompositions = (await source.bytes(at + 9, 1)).readUInt8();
      if (decompositions > 32) break;
      return { ...grid, levels: halves(grid, decompositions) };
    }
    at += 2 + length;
  }
  throw new Malformed('its codestream makes no sense');
}

function readGrid(bytes: Buffer): Grid {
  if (bytes.length < 39) throw new Malformed('its codestream makes no sense');
  const [right, bottom, left, top, tileWidth, tileHeight] = [2, 6, 10, 14, 18, 22].map((at) =>
    bytes.readUInt32BE(at),
  ) as [number, number, number, number, number, number];
  const components = bytes.readUInt16BE(34);
  if (components === 0 || components > MOST_COMPONENTS || bytes.length < 36 + 3 * components)
    throw new Malformed('its number of components makes no sense');
  if (right <= left || bottom <= top || tileWidth === 0 || tileHeight === 0)
    throw new Malformed('its size makes no sense');
  const each = Array.from({ length: components }, (_, index) => bytes.subarray(36 + 3 * index, 39 + 3 * index));
  return {
    width: right - left,
    height: bottom - top,
    components,
    bits: each.map((component) => ((component[0] ?? 0) & 0x7f) + 1),
    signed: each.some((component) => ((component[0] ?? 0) & 0x80) !== 0),
    subsampled: each.some((component) => component[1] !== 1 || component[2] !== 1),
    offset: left !== 0 || top !== 0,
  };
}

/** Sizes by halves, rounded up: what each of the decompositions leaves (annex B.5). */
function halves({ width, height }: Dimensions, times: number): Dimensions[] {
  return Array.from({ length: times + 1 }, (_, step) => ({
    width: Math.ceil(width / 2 ** step),
    height: Math.ceil(height / 2 ** step),
  }));
}
