import { nameOf, wayOf, type Way } from '../accessTexts.ts';
import { imageAddress, manifestAddress } from '../addresses.ts';
import { namedCookieService } from '../auth1/services.ts';
import {
  below,
  canvasAddress,
  canvasLabel,
  type CollectionInput,
  type ManifestImage,
  type FolderMember,
  type ManifestInput,
  type OwnAccess,
} from '../folder.ts';
import type { Limits } from '../geometry.ts';
import { IMAGE_2_CONTEXT, IMAGE_2_LEVEL_1, PRESENTATION_2_CONTEXT } from '../vocabulary.ts';
import type { Texts } from '../texts.ts';
import { thumbnailOf } from '../thumbnail.ts';
import type { Written } from '../written.ts';

/** A folder as a `sc:Manifest`, Presentation API 2.1, section 5.1. */
export function manifest(input: ManifestInput): Written {
  const { publicUrl, path, label, attribution, images, overview, texts, limits } = input;
  const id = input.id ?? manifestAddress(publicUrl, 2, path);
  return {
    frame: {
      '@context': PRESENTATION_2_CONTEXT,
      '@id': id,
      '@type': 'sc:Manifest',
      label,
      attribution,
      ...(overview.cover && thumbnail(publicUrl, overview.cover, limits)),
      ...ownService(input),
      sequences: [{ '@id': below(id, 'sequence/normal'), '@type': 'sc:Sequence', label: 'Normal order', canvases: [] }],
    },
    *members() {
      const mentioned = new Map<string, string>();
      if (input.access) authService(publicUrl, texts, input.access, mentioned);
      for (const image of images) {
        const way = wayOf(image.accessMethod);
        const auth = way && authService(publicUrl, texts, way, mentioned);
        yield canvas(publicUrl, id, limits, image, auth);
      }
    },
  };
}

/** A folder of folders as a `sc:Collection`, Presentation API 2.1, section 5.8. */
export function collection(input: CollectionInput): Written {
  const { publicUrl, path, label, members } = input;
  const listed = (kind: FolderMember['kind'], type: string) =>
    members
      .filter((member) => member.kind === kind)
      .map((member) => ({ '@id': manifestAddress(publicUrl, 2, member.path), '@type': type, label: member.label }));
  const collections = listed('collection', 'sc:Collection');
  const manifests = listed('manifest', 'sc:Manifest');
  return {
    frame: {
      '@context': PRESENTATION_2_CONTEXT,
      '@id': manifestAddress(publicUrl, 2, path),
      '@type': 'sc:Collection',
      label,
      ...ownService(input),
      ...(collections.length > 0 && { collections }),
      ...(manifests.length > 0 && { manifests: [] }),
    },
    members: () => manifests,
  };
}

/** The access service of a document that is itself to be opened (Authentication API 1.0, section 2.1). */
export function ownService({ publicUrl, texts, access }: OwnAccess) {
  return access ? { service: [namedCookieService(publicUrl, texts, access)] } : {};
}

/** The access service where it is mentioned first, and its address after that (section 8). */
function authService(publicUrl: string, texts: Texts, way: Way, mentioned: Map<string, string>) {
  const known = mentioned.get(nameOf(way));
  if (known !== undefined) return known;
  const service = namedCookieService(publicUrl, texts, way);
  mentioned.set(nameOf(way), service['@id']);
  return service;
}

function canvas(
  publicUrl: string,
  manifestId: string,
  limits: Limits,
  image: ManifestImage,
  auth: ReturnType<typeof authService> | undefined,
) {
  const id = canvasAddress(manifestId, image);
  const address = imageAddress(publicUrl, 2, image.path);
  const { width, height } = image;
  return {
    '@id': id,
    '@type': 'sc:Canvas',
    label: canvasLabel(image),
    width,
    height,
    ...thumbnail(publicUrl, image, limits),
    images: [
      {
        '@id': `${id}/annotation`,
        '@type': 'oa:Annotation',
        motivation: 'sc:painting',
        on: id,
        resource: {
          '@id': `${address}/full/max/0/default.jpg`,
          ...PICTURE,
          width,
          height,
          service: {
            '@context': IMAGE_2_CONTEXT,
            '@id': address,
            profile: IMAGE_2_LEVEL_1,
            ...(auth !== undefined && { service: [auth] }),
          },
        },
      },
    ],
  };
}

const PICTURE = { '@type': 'dctypes:Image', format: 'image/jpeg' } as const;

function thumbnail(publicUrl: string, image: ManifestImage, limits: Limits) {
  const found = thumbnailOf(image, imageAddress(publicUrl, 2, image.path), limits);
  return found && { thumbnail: { '@id': found.address, ...PICTURE, ...found.size } };
}
