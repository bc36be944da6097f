import { imageAddress, imageAddress3, manifestAddress3 } from '../addresses.ts';
import type { LoginService } from '../auth1/services.ts';
import { probeService } from '../auth2/services.ts';
import type { Dimensions } from '../geometry.ts';
import { formatIdentifier } from '../identifier.ts';
import { AUTH_2_CONTEXT, PRESENTATION_3_CONTEXT } from '../names.ts';
import type { Texts } from '../texts.ts';

/** Pixels; the longer side of a thumbnail. */
const THUMBNAIL = 200;

export type ManifestImage = Dimensions & { readonly path: readonly string[]; readonly open: boolean };

export type ManifestInput = {
  readonly publicUrl: string;
  readonly path: readonly string[];
  readonly label: string;
  readonly attribution: string;
  /** In reading order; at least one. */
  readonly images: readonly ManifestImage[];
  /** Auth 1.0, for the Image 2 services. */
  readonly login: LoginService;
  readonly texts: Texts;
};

/** A folder as a `Manifest`, Presentation API 3.0, section 5.2. */
export function manifest({ publicUrl, path, label, attribution, images, login, texts }: ManifestInput) {
  const id = manifestAddress3(publicUrl, path);
  const items = images.map((image) => canvas(publicUrl, id, image, login, texts));
  const restricted = images.some((image) => !image.open);
  return {
    '@context': restricted ? [AUTH_2_CONTEXT, PRESENTATION_3_CONTEXT] : PRESENTATION_3_CONTEXT,
    id,
    type: 'Manifest',
    label: { none: [label] },
    requiredStatement: { label: { en: ['Attribution'], de: ['Herkunft'] }, value: { none: [attribution] } },
    ...(items[0] && { thumbnail: items[0].thumbnail }),
    items,
  };
}

function canvas(publicUrl: string, manifestId: string, image: ManifestImage, login: LoginService, texts: Texts) {
  const name = image.path.at(-1) ?? '';
  // By name and not by number: an annotation stays on its page when another page is added before it.
  const id = `${manifestId}/canvas/${encodeURIComponent(name)}`;
  const { width, height } = image;
  const services = imageServices(publicUrl, image, login, texts);
  const address = imageAddress3(publicUrl, image.path);
  return {
    id,
    type: 'Canvas',
    label: { none: [name.replace(/\.[^.]+$/, '')] },
    width,
    height,
    thumbnail: [
      {
        id: `${address}/full/!${THUMBNAIL},${THUMBNAIL}/0/default.jpg`,
        type: 'Image',
        format: 'image/jpeg',
        ...fitted(image),
        service: services,
      },
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
            body: {
              id: `${address}/full/max/0/default.jpg`,
              type: 'Image',
              format: 'image/jpeg',
              width,
              height,
              service: services,
            },
            target: id,
          },
        ],
      },
    ],
  };
}

/** Version 2 first: Mirador takes the first image service, and speaks Auth 1.0. The probe stands inside its image service. */
function imageServices(publicUrl: string, image: ManifestImage, login: LoginService, texts: Texts) {
  const identifier = formatIdentifier(image.path);
  const { '@context': _, ...service1 } = login;
  const auth1 = {
    ...service1,
    '@type': 'AuthCookieService1',
    service: service1.service.map((nested) => ({
      '@type': 'label' in nested ? 'AuthLogoutService1' : 'AuthTokenService1',
      ...nested,
    })),
  };
  return [
    {
      '@id': imageAddress(publicUrl, image.path),
      '@type': 'ImageService2',
      profile: 'level1',
      ...(!image.open && { service: [auth1] }),
    },
    {
      id: imageAddress3(publicUrl, image.path),
      type: 'ImageService3',
      profile: 'level1',
      ...(!image.open && { service: [probeService(publicUrl, identifier, texts)] }),
    },
  ];
}

function fitted({ width, height }: Dimensions): Dimensions {
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
