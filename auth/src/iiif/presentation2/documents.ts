import { imageAddress, manifestAddress } from '../addresses.ts';
import { cookieService, type CookieService } from '../auth1/services.ts';
import {
  below,
  canvasAddress,
  canvasLabel,
  THUMBNAIL,
  type CollectionInput,
  type FolderImage,
  type FolderMember,
  type ManifestInput,
} from '../folder.ts';
import { IMAGE_2_CONTEXT, IMAGE_2_LEVEL_1, PRESENTATION_2_CONTEXT } from '../names.ts';

export const CONTEXT = PRESENTATION_2_CONTEXT;

/** A folder as a `sc:Manifest`, Presentation API 2.1, section 5.1. */
export function manifest({ publicUrl, path, label, attribution, images, texts, ...input }: ManifestInput) {
  const id = input.id ?? manifestAddress(publicUrl, path);
  const mentioned = new Set<string>();
  const canvases = images.map((image) => {
    if (image.way.kind === 'open') return canvas(publicUrl, id, image, []);
    const service = cookieService(publicUrl, texts, image.way.kind);
    const name = service['@id'];
    // An auth service is written out at its first mention and named by its address after that (section 8).
    const known = name !== undefined && mentioned.has(name);
    if (name !== undefined) mentioned.add(name);
    return canvas(publicUrl, id, image, [known ? name : service]);
  });
  return {
    '@context': PRESENTATION_2_CONTEXT,
    '@id': id,
    '@type': 'sc:Manifest',
    label,
    attribution,
    ...(canvases[0] && { thumbnail: canvases[0].thumbnail }),
    sequences: [{ '@id': below(id, 'sequence/normal'), '@type': 'sc:Sequence', label: 'Normal order', canvases }],
  };
}

/** A folder of folders as a `sc:Collection`, Presentation API 2.1, section 5.8. */
export function collection({ publicUrl, path, label, members }: CollectionInput) {
  const listed = (kind: FolderMember['kind'], type: string) =>
    members
      .filter((member) => member.kind === kind)
      .map((member) => ({ '@id': manifestAddress(publicUrl, member.path), '@type': type, label: member.label }));
  const collections = listed('collection', 'sc:Collection');
  const manifests = listed('manifest', 'sc:Manifest');
  return {
    '@context': PRESENTATION_2_CONTEXT,
    '@id': manifestAddress(publicUrl, path),
    '@type': 'sc:Collection',
    label,
    ...(collections.length > 0 && { collections }),
    ...(manifests.length > 0 && { manifests }),
  };
}

/** An access cookie service as it stands in a document of this version. */
export function authReference(service: CookieService): object {
  return service;
}

function canvas(publicUrl: string, manifestId: string, image: FolderImage, auth: readonly (CookieService | string)[]) {
  const id = canvasAddress(manifestId, image);
  const address = imageAddress(publicUrl, image.path);
  const { width, height } = image;
  const imageService = { '@context': IMAGE_2_CONTEXT, '@id': address, profile: IMAGE_2_LEVEL_1 };
  return {
    '@id': id,
    '@type': 'sc:Canvas',
    label: canvasLabel(image),
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
