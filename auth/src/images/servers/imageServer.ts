import type { Dimensions, Rectangle } from '../../iiif/geometry.ts';
import type { Quality, Rotation } from '../../iiif/imageRequest.ts';
import type { RegionRequest } from './iipsrvRegion.ts';

export type ImageServerName = 'iipsrv' | 'digilib';

/** One image request with nothing left to interpret: pixels of what is stored, pixels of the answer. */
export type Rendition = {
  /** Where the pyramid lies in the volume that the image server is given (`pyramids/answers.ts`). */
  readonly source: string;
  readonly region: Rectangle;
  readonly size: Dimensions;
  readonly rotation: Rotation;
  readonly quality: Quality;
  readonly format: string;
};

/** What Vitrine must know of an image server, and all that tells the two apart. */
export type ImageServer = {
  readonly name: ImageServerName;
  /** Formats, and the qualities of each that come out right. */
  readonly writes: Readonly<Record<string, readonly Quality[]>>;
  /** Pixels that each side of an answer has at least. */
  readonly smallest: number;
  /** Whether it draws a smaller picture from a smaller level. */
  readonly drawsFromLevels: boolean;
  /** The region that is drawn where this one is asked for; `undefined` where none can be. */
  readonly drawable: (request: RegionRequest) => Rectangle | undefined;
  /** The pixels that it reads for a region: all of it, or those of the level that it draws from. */
  readonly readFor: (request: RegionRequest) => Dimensions;
  /**
   * What a million pixels cost that it reads of a source, in tiles of 512 x 512 that it makes. With 16 a worker of digilib
   * 2.13.0 took four seconds, as was measured, and one of iipsrv one, with 400 MB of memory.
   */
  readonly reading: (source: string) => number;
  /** What stands before the parameters of a rendition in its path. */
  readonly base: (source: string) => string;
};
