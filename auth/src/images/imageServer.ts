import { formatIdentifier } from '../iiif/identifier.ts';
import type { Dimensions, Rectangle } from '../iiif/geometry.ts';
import type { Quality, Rotation } from '../iiif/imageRequest.ts';

export type ImageServerName = 'iipsrv' | 'digilib';

/** One image request with nothing left to interpret: pixels of the full image, pixels of the answer. */
export type Rendition = {
  readonly path: readonly string[];
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
  readonly infoPath: (path: readonly string[]) => string;
  readonly imagePath: (rendition: Rendition) => string;
  /** What an operator does with a file that this server cannot read. */
  readonly remedy: string;
};

const iipsrvBase = (path: readonly string[]): string =>
  // Encoded twice, because iipsrv decodes twice.
  `/iiif/${path.map((part) => encodeURIComponent(encodeURIComponent(part))).join('/')}`;

const iipsrv: ImageServer = {
  name: 'iipsrv',
  reads: ['tif', 'tiff', 'ptif', 'jp2'],
  writes: ['jpg'],
  infoPath: (path) => `${iipsrvBase(path)}/info.json`,
  imagePath: (rendition) => `${iipsrvBase(rendition.path)}/${parameters(rendition)}`,
  remedy: 'make a tiled pyramidal TIFF of it: vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg',
};

/** The prefix must not occur in any file's path: digilib cuts its addresses at it. */
const digilibBase = (path: readonly string[]): string => `/digilib/Scaler/vitrine-images/${formatIdentifier(path)}`;

const digilib: ImageServer = {
  name: 'digilib',
  reads: ['tif', 'tiff', 'jp2', 'jpg', 'jpeg', 'png', 'gif'],
  writes: ['jpg', 'png'],
  infoPath: (path) => `${digilibBase(path)}/info.json`,
  imagePath: (rendition) => `${digilibBase(rendition.path)}/${parameters(rendition)}`,
  remedy: 'make a TIFF of it: vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg',
};

export const imageServers: Readonly<Record<ImageServerName, ImageServer>> = { iipsrv, digilib };

function parameters({ region, size, rotation, quality, format }: Rendition): string {
  const where = region ? [region.x, region.y, region.width, region.height].join(',') : 'full';
  const turn = `${rotation.mirrored ? '!' : ''}${rotation.degrees}`;
  return `${where}/${size.width},${size.height}/${turn}/${quality}.${format}`;
}
