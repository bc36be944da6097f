import { imageAddress, manifestAddress } from '../addresses.ts';
import type { LoginService } from '../auth1/services.ts';
import type { Dimensions } from '../geometry.ts';
import { IMAGE_2_CONTEXT, IMAGE_2_LEVEL_1, PRESENTATION_2_CONTEXT } from '../names.ts';

/** Pixels; the longer side of a thumbnail. */
const THUMBNAIL = 200;

export type ManifestImage = Dimensions & { readonly path: readonly string[]; readonly open: boolean };

export type ManifestInput = {
  readonly publicUrl: string;
  /** Identifier of the manifest, as parts of a path. */
  readonly path: readonly string[];
  readonly label: string;
  readonly attribution: string;
  /** In reading order; at least one. */
  readonly images: readonly ManifestImage[];
  readonly service: LoginService;
};

/** A folder as a `sc:Manifest`, Presentation API 2.1, section 5.1. */
export function manifest({ publicUrl, path, label, attribution, images, service }: ManifestInput) {
  const id = manifestAddress(publicUrl, path);
  const firstRestricted = images.find((image) => !image.open);
  const canvases = images.map((image) => {
    const auth = image === firstRestricted ? service : service['@id'];
    return canvas(publicUrl, id, image, image.open ? [] : [auth]);
  });
  return {
    '@context': PRESENTATION_2_CONTEXT,
    '@id': id,
    '@type': 'sc:Manifest',
    label,
    attribution,
    ...(canvases[0] && { thumbnail: canvases[0].thumbnail }),
    sequences: [{ '@id': `${id}/sequence/normal`, '@type': 'sc:Sequence', label: 'Normal order', canvases }],
  };
}

/** An auth service is written out at its first mention and named by its address after that (section 8). */
function canvas(publicUrl: string, manifestId: string, image: ManifestImage, auth: readonly (LoginService | string)[]) {
  const name = image.path.at(-1) ?? '';
  // By name and not by number: an annotation stays on its page when another page is added before it.
  const id = `${manifestId}/canvas/${encodeURIComponent(name)}`;
  const address = imageAddress(publicUrl, image.path);
  const { width, height } = image;
  const imageService = { '@context': IMAGE_2_CONTEXT, '@id': address, profile: IMAGE_2_LEVEL_1 };
  return {
    '@id': id,
    '@type': 'sc:Canvas',
    label: name.replace(/\.[^.]+$/, ''),
    width,
    height,
    thumbnail: {
      '@id': `${address}/full/!${THUMBNAIL},${THUMBNAIL}/0/default.jpg`,
      '@type': 'dctypes:Image',
      format: 'image/jpeg',
      service: imageService,
    },
    images: [
      {
        '@id': `${id}/annotation`,
        '@type': 'oa:Annotation',
        motivation: 'sc:painting',
        on: id,
        resource: {
          '@id': `${address}/full/max/0/default.jpg`,
          '@type': 'dctypes:Image',
          format: 'image/jpeg',
          width,
          height,
          service: auth.length > 0 ? { ...imageService, service: auth } : imageService,
        },
      },
    ],
  };
}
