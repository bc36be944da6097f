import { MARKER, readSegments } from './segments.ts';

/** How the samples of a tile are to be understood, as TIFF says it. */
export type Colours = 'gray' | 'ycbcr' | 'rgb';

const SOI = Buffer.from([0xff, MARKER.SOI]);
/** Version 1.2, pixels without a size. Who reads it takes three colours for YCbCr, whatever their names are. */
const JFIF = Buffer.from([0xff, MARKER.APP0, 0, 16, ...Buffer.from('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0]);
/** Adobe's marker with "no transformation": red, green and blue as they are. */
const ADOBE_RGB = Buffer.from([0xff, MARKER.APP14, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]);
const TABLES: readonly number[] = [MARKER.DQT, MARKER.DHT, MARKER.DRI];

/**
 * What makes a JPEG of a tile when it stands in front of it, instead of the tile's first marker (TIFF Technical Note 2):
 * the tables that all tiles of a level share (tag 347), and the marker by which every program shows the right colours.
 * Throws `Malformed`.
 */
export function frontOf(tables: Buffer | undefined, colours: Colours): Buffer {
  const shared = tables
    ? readSegments(tables)
        .filter(({ marker }) => TABLES.includes(marker))
        .map(({ from, end }) => tables.subarray(from, end))
    : [];
  return Buffer.concat([SOI, colours === 'rgb' ? ADOBE_RGB : JFIF, ...shared]);
}
