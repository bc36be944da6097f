import type { ManifestImage } from './folder.ts';
import type { Dimensions, Limits } from './geometry.ts';
import { tierIdentifier } from './tier.ts';
import { sizeNear } from './tiling.ts';

/** Pixels; the longer side of a thumbnail is the next of the picture's own sizes. */
const THUMBNAIL = 200;

/** One address of one picture. It names no image service: a viewer would ask it for sizes that a tier has not. */
export type Thumbnail = { readonly address: string; readonly size: Dimensions | undefined };

/** Whether there is a picture of it that everybody may see: of the image where it is open, else of its tier. */
export function hasThumbnail({ accessMethod }: ManifestImage): boolean {
  return accessMethod.kind === 'open' || accessMethod.tier !== undefined;
}

/** The thumbnail of an image, if it has one. `address`: of the image in the version of the Image API that is wanted. */
export function thumbnailOf(image: ManifestImage, address: string, limits: Limits): Thumbnail | undefined {
  if (!hasThumbnail(image)) return undefined;
  const { width, height, accessMethod } = image;
  if (accessMethod.kind !== 'open' && accessMethod.tier !== undefined) {
    // The whole picture: how large it is depends on the file.
    return { address: `${tierIdentifier(address, accessMethod.tier)}/full/max/0/default.jpg`, size: undefined };
  }
  const size = sizeNear({ width, height }, limits, THUMBNAIL);
  return size && { address: `${address}/full/${size.width},${size.height}/0/default.jpg`, size };
}
