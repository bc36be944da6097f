import type { ManifestImage, Overview } from './folder.ts';
import { hasThumbnail } from './thumbnail.ts';

/** An {@link Overview} that grows, image by image in their order. */
export class GrowingOverview implements Overview {
  restricted = false;
  cover: ManifestImage | undefined;

  add(image: ManifestImage): void {
    if (image.accessMethod.kind !== 'open') this.restricted = true;
    if (!this.cover && hasThumbnail(image)) this.cover = image;
  }
}

export function overviewOf(images: Iterable<ManifestImage>): Overview {
  const overview = new GrowingOverview();
  for (const image of images) overview.add(image);
  return overview;
}
