import type { Quality } from '../../iiif/imageRequest.ts';
import { drawnBy, survivable } from './iipsrvRegion.ts';
import type { ImageServer, ImageServerName } from './imageServer.ts';
import { isJpeg2000 } from './rendition.ts';

const QUALITIES: readonly Quality[] = ['default', 'color', 'gray', 'bitonal'];

const iipsrv: ImageServer = {
  name: 'iipsrv',
  writes: { jpg: QUALITIES },
  smallest: 1,
  drawsFromLevels: true,
  drawable: survivable,
  readFor: drawnBy,
  reading: () => 0.25,
  base: (source) => `/iiif/${source}`,
};

const digilib: ImageServer = {
  name: 'digilib',
  // A gray JPEG comes out empty of most files, and of all that are turned.
  writes: { jpg: QUALITIES.filter((quality) => quality !== 'gray'), png: QUALITIES },
  smallest: 2,
  drawsFromLevels: false,
  drawable: ({ region }) => region,
  readFor: ({ region }) => region,
  reading: (source) => (isJpeg2000(source) ? 0.8 : 0.14),
  // The word must not occur in a path: digilib cuts its addresses at it.
  base: (source) => `/digilib/Scaler/vitrine-images/${source.replace('/', '!')}`,
};

/** The two image servers, and all that tells them apart. */
export const imageServers: Readonly<Record<ImageServerName, ImageServer>> = { iipsrv, digilib };
