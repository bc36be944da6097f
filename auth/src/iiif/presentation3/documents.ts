import { imageAddress3, manifestAddress3 } from '../addresses.ts';
import {
  canvasAddress,
  canvasLabel,
  THUMBNAIL,
  type CollectionInput,
  type FolderImage,
  type ManifestInput,
} from '../folder.ts';
import type { Dimensions } from '../geometry.ts';
import { languageMap } from '../languages.ts';
import { AUTH_2_CONTEXT, PRESENTATION_3_CONTEXT } from '../names.ts';
import type { Texts } from '../texts.ts';
import { imageServices } from './services.ts';

export { authReference } from './services.ts';

export const CONTEXT = PRESENTATION_3_CONTEXT;

/** A folder as a `Manifest`, Presentation API 3.0, section 5.2. */
export function manifest({ publicUrl, path, label, attribution, images, texts, ...input }: ManifestInput) {
  const id = input.id ?? manifestAddress3(publicUrl, path);
  const items = images.map((image) => canvas(publicUrl, id, image, texts));
  const restricted = images.some((image) => image.way.kind !== 'open');
  return {
    '@context': restricted ? [AUTH_2_CONTEXT, PRESENTATION_3_CONTEXT] : PRESENTATION_3_CONTEXT,
    id,
    type: 'Manifest',
    label: { none: [label] },
    requiredStatement: { label: languageMap(texts.attribution), value: { none: [attribution] } },
    ...(items[0] && { thumbnail: items[0].thumbnail }),
    items,
  };
}

/** A folder of folders as a `Collection`, Presentation API 3.0, section 5.1. */
export function collection({ publicUrl, path, label, members }: CollectionInput) {
  return {
    '@context': PRESENTATION_3_CONTEXT,
    id: manifestAddress3(publicUrl, path),
    type: 'Collection',
    label: { none: [label] },
    items: members.map((member) => ({
      id: manifestAddress3(publicUrl, member.path),
      type: member.kind === 'manifest' ? 'Manifest' : 'Collection',
      label: { none: [member.label] },
    })),
  };
}

function canvas(publicUrl: string, manifestId: string, image: FolderImage, texts: Texts) {
  const id = canvasAddress(manifestId, image);
  const address = imageAddress3(publicUrl, image.path);
  const { width, height } = image;
  const service = imageServices(publicUrl, image, texts);
  const picture = { type: 'Image', format: 'image/jpeg', service };
  return {
    id,
    type: 'Canvas',
    label: { none: [canvasLabel(image)] },
    width,
    height,
    thumbnail: [
      { id: `${address}/full/!${THUMBNAIL},${THUMBNAIL}/0/default.jpg`, ...picture, ...thumbnailSize(image) },
    ],
    items: [
      {
        id: `${id}/page`,
        type: 'AnnotationPage',
        items: [
          {
            id: `${id}/annotation`,
            type: 'Annotation',
            motivation: 'painting',
            body: { id: `${address}/full/max/0/default.jpg`, ...picture, width, height },
            target: id,
          },
        ],
      },
    ],
  };
}

function thumbnailSize({ width, height }: Dimensions): Dimensions {
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
