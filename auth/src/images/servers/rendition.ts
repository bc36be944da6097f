import type { Dimensions, Rectangle } from '../../iiif/geometry.ts';
import type { Pyramid } from '../../iiif/pyramid.ts';
import { levelsOfJpeg2000 } from './iipsrvRegion.ts';
import type { ImageServer, Rendition } from './imageServer.ts';

/** A file as the image server sees it: pixels, which may be a few more than those of the picture, and levels. */
type Stored = { readonly image: Dimensions; readonly levels: number };

/** What is drawn of it, in its pixels; `least`: how often it is halved at least. */
type Wanted = { readonly source: Rectangle; readonly size: Dimensions; readonly least?: number };

/** Whether a picture is shown as the JPEG 2000 file that it is, until its pyramid is made. */
export function isJpeg2000(source: string): boolean {
  return source.endsWith('.jp2');
}

export function pyramidAsStored({ levels }: Pyramid): Stored {
  return { image: levels[0] ?? { width: 0, height: 0 }, levels: levels.length };
}

/** A picture that lies at a source. */
export function storedAt(source: string, picture: Dimensions, pyramid: Pyramid): Stored {
  return isJpeg2000(source) ? { image: picture, levels: levelsOfJpeg2000(picture) } : pyramidAsStored(pyramid);
}

/** The region that the image server draws where one is wanted; `undefined` where there is less than a pixel of it. */
export function drawableOf(server: ImageServer, { image, levels }: Stored, wanted: Wanted): Rectangle | undefined {
  const { source, size, least = 0 } = wanted;
  const drawn = server.drawable({ image, levels, region: source, size, least });
  // All that is stored is asked for in another way, and as thin as it may be.
  return drawn ?? (isAll(source, image) && least === 0 ? source : undefined);
}

/** The pixels that the image server reads for it. */
export function readFor(server: ImageServer, { image, levels }: Stored, { source, size }: Wanted): Dimensions {
  return server.readFor({ image, levels, region: source, size });
}

/** Canonical path that the image server is asked for. */
export function pathOf(
  server: ImageServer,
  { image }: Stored,
  { source, region, size, rotation, quality, format }: Rendition,
): string {
  const where = isAll(region, image) ? 'full' : [region.x, region.y, region.width, region.height].join(',');
  const turn = `${rotation.mirrored ? '!' : ''}${rotation.degrees}`;
  return `${server.base(source)}/${where}/${size.width},${size.height}/${turn}/${quality}.${format}`;
}

function isAll({ width, height }: Dimensions, image: Dimensions): boolean {
  return width === image.width && height === image.height;
}
