import { imageAddress, manifestAddress } from '../addresses.ts';
import {
  canvasAddress,
  canvasLabel,
  type CollectionInput,
  type ManifestImage,
  type ManifestInput,
  type OwnAccess,
} from '../folder.ts';
import type { Limits } from '../geometry.ts';
import { languageMap } from '../languages.ts';
import { AUTH_2_CONTEXT, PRESENTATION_3_CONTEXT } from '../vocabulary.ts';
import { thumbnailOf } from '../thumbnail.ts';
import type { Written } from '../written.ts';
import { firstWholeThenNamed, imageServices, typedCookieService } from './services.ts';

/** A folder as a `Manifest`, Presentation API 3.0, section 5.2. */
export function manifest(input: ManifestInput): Written {
  const { publicUrl, path, label, attribution, images, overview, texts, limits } = input;
  const id = input.id ?? manifestAddress(publicUrl, 3, path);
  return {
    frame: {
      '@context': overview.restricted ? [AUTH_2_CONTEXT, PRESENTATION_3_CONTEXT] : PRESENTATION_3_CONTEXT,
      id,
      type: 'Manifest',
      label: { none: [label] },
      requiredStatement: { label: languageMap(texts.attribution), value: { none: [attribution] } },
      ...(overview.cover && thumbnail(publicUrl, overview.cover, limits)),
      ...ownService(input),
      items: [],
    },
    *members() {
      const accessOf = firstWholeThenNamed(publicUrl, texts);
      for (const image of images) yield canvas(publicUrl, id, limits, image, imageServices(publicUrl, image, accessOf));
    },
  };
}

/** A folder of folders as a `Collection`, Presentation API 3.0, section 5.1. */
export function collection(input: CollectionInput): Written {
  const { publicUrl, path, label, members } = input;
  return {
    frame: {
      '@context': PRESENTATION_3_CONTEXT,
      id: manifestAddress(publicUrl, 3, path),
      type: 'Collection',
      label: { none: [label] },
      ...ownService(input),
      items: [],
    },
    *members() {
      for (const member of members) {
        yield {
          id: manifestAddress(publicUrl, 3, member.path),
          type: member.kind === 'manifest' ? 'Manifest' : 'Collection',
          label: { none: [member.label] },
        };
      }
    },
  };
}

/**
 * The access service of a document that is itself to be opened (Authentication API 1.0, section 2.1), written out where
 * it is named; the Authorization Flow 2.0 does not cover manifests.
 */
export function ownService({ publicUrl, texts, access }: OwnAccess) {
  return access ? { service: [typedCookieService(publicUrl, texts, access)] } : {};
}

function canvas(publicUrl: string, manifestId: string, limits: Limits, image: ManifestImage, service: object[]) {
  const id = canvasAddress(manifestId, image);
  const address = imageAddress(publicUrl, 3, image.path);
  const { width, height } = image;
  return {
    id,
    type: 'Canvas',
    label: { none: [canvasLabel(image)] },
    width,
    height,
    ...thumbnail(publicUrl, image, limits),
    items: [
      {
        id: `${id}/page`,
        type: 'AnnotationPage',
        items: [
          {
            id: `${id}/annotation`,
            type: 'Annotation',
            motivation: 'painting',
            body: { id: `${address}/full/max/0/default.jpg`, ...PICTURE, width, height, service },
            target: id,
          },
        ],
      },
    ],
  };
}

const PICTURE = { type: 'Image', format: 'image/jpeg' } as const;

function thumbnail(publicUrl: string, image: ManifestImage, limits: Limits) {
  const found = thumbnailOf(image, imageAddress(publicUrl, 3, image.path), limits);
  return found && { thumbnail: [{ id: found.address, ...PICTURE, ...found.size }] };
}
