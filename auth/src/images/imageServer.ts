import { formatIdentifier } from '../iiif/identifier.ts';
import type { Dimensions, Rectangle } from '../iiif/geometry.ts';
import type { Quality, Rotation } from '../iiif/imageRequest.ts';

export type ImageServerName = 'iipsrv' | 'digilib';

/** A file below IMAGE_DIR in one of its states. */
export type Master = {
  readonly path: readonly string[];
  /** Hexadecimal; changes whenever the file does. */
  readonly version: string;
};

/** One image request with nothing left to interpret: pixels of the full image, pixels of the answer. */
export type Rendition = Master & {
  /** `undefined` for the full image. */
  readonly region: Rectangle | undefined;
  readonly size: Dimensions;
  readonly rotation: Rotation;
  readonly quality: Quality;
  readonly format: string;
};

/** What Vitrine must know of an image server: which files it reads, what it writes, how it spells an address. */
export type ImageServer = {
  readonly name: ImageServerName;
  /** File name extensions, lower case. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly infoPath: (master: Master) => string;
  readonly imagePath: (rendition: Rendition) => string;
  /** What an operator does with a file that this server cannot read. */
  readonly remedy: string;
};

const iipsrvBase = ({ path, version }: Master): string =>
  // Encoded twice, because iipsrv decodes twice.
  `/iiif/${spellingOf(version)}${path.map((part) => encodeURIComponent(encodeURIComponent(part))).join('/')}`;

/**
 * iipsrv keeps what it read of a file under its path, and reads it anew only if the file's time is a later second: one
 * that was replaced by an older file, or within the second, would be served as it was. So each state of a file has a
 * spelling of its own: `/` and `./` before a path mean nothing to the file system.
 */
function spellingOf(version: string): string {
  const bits = Number.parseInt(version.slice(0, 6), 16).toString(2);
  return bits.replace(/[01]/g, (bit) => (bit === '0' ? '%252F' : '.%252F'));
}

const iipsrv: ImageServer = {
  name: 'iipsrv',
  reads: ['tif', 'tiff', 'ptif', 'jp2'],
  writes: ['jpg'],
  infoPath: (master) => `${iipsrvBase(master)}/info.json`,
  imagePath: (rendition) => `${iipsrvBase(rendition)}/${parameters(rendition)}`,
  remedy: 'make a tiled pyramidal TIFF of it: vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg',
};

/** The prefix must not occur in any file's path: digilib cuts its addresses at it. */
const digilibBase = ({ path }: Master): string => `/digilib/Scaler/vitrine-images/${formatIdentifier(path)}`;

const digilib: ImageServer = {
  name: 'digilib',
  reads: ['tif', 'tiff', 'jp2', 'jpg', 'jpeg', 'png', 'gif'],
  writes: ['jpg', 'png'],
  infoPath: (master) => `${digilibBase(master)}/info.json`,
  imagePath: (rendition) => `${digilibBase(rendition)}/${parameters(rendition)}`,
  remedy: 'make a TIFF of it: vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg',
};

export const imageServers: Readonly<Record<ImageServerName, ImageServer>> = { iipsrv, digilib };

function parameters({ region, size, rotation, quality, format }: Rendition): string {
  const where = region ? [region.x, region.y, region.width, region.height].join(',') : 'full';
  const turn = `${rotation.mirrored ? '!' : ''}${rotation.degrees}`;
  return `${where}/${size.width},${size.height}/${turn}/${quality}.${format}`;
}
