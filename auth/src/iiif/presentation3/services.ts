import { nameOf, wayOf, type Way } from '../accessTexts.ts';
import { imageAddress } from '../addresses.ts';
import { namedCookieService } from '../auth1/services.ts';
import { briefProbe, namedAccessService } from '../auth2/services.ts';
import type { ManifestImage } from '../folder.ts';
import { formatIdentifier } from '../identifier.ts';
import type { Texts } from '../texts.ts';
import { IMAGE_2_LEVEL_1 } from '../vocabulary.ts';

/** The access services of a pattern in both versions of the authorization, whole or by their names. */
type Access = { readonly auth1: object; readonly auth2: object };

/**
 * Answers the access services of a pattern: whole where they are mentioned first, and by address and type after that; of
 * Auth 1.0 with the profile too, because Mirador 3 and 4 fail on an image whose services have none. Not in `services` of
 * the manifest (section 4.2): they would take those for the services of each image, and the first for its image service.
 */
export function firstWholeThenNamed(publicUrl: string, texts: Texts): (way: Way) => Access {
  const named = new Map<string, Access>();
  return (way) => {
    const name = nameOf(way);
    const known = named.get(name);
    if (known) return known;
    const auth1 = typedCookieService(publicUrl, texts, way);
    const auth2 = namedAccessService(publicUrl, texts, way);
    named.set(name, {
      auth1: { '@id': auth1['@id'], '@type': auth1['@type'], profile: auth1.profile },
      auth2: { id: auth2.id, type: auth2.type },
    });
    return { auth1, auth2 };
  };
}

/** The service of Auth 1.0 as it stands in a document of this version: typed, and without a context of its own. */
export function typedCookieService(publicUrl: string, texts: Texts, way: Way) {
  const { '@context': _, '@id': id, service, ...rest } = namedCookieService(publicUrl, texts, way);
  return {
    '@id': id,
    '@type': 'AuthCookieService1',
    ...rest,
    service: service.map((nested) => ({
      '@type': 'label' in nested ? 'AuthLogoutService1' : 'AuthTokenService1',
      ...nested,
    })),
  };
}

/**
 * Both image services of an image. Version 2 first: Mirador takes the first, and speaks Auth 1.0. The probe is of this
 * image alone, so it stands here each time, without the texts that its info.json has.
 */
export function imageServices(
  publicUrl: string,
  { path, accessMethod }: ManifestImage,
  accessOf: (way: Way) => Access,
) {
  const way = wayOf(accessMethod);
  const access = way && accessOf(way);
  return [
    {
      '@id': imageAddress(publicUrl, 2, path),
      '@type': 'ImageService2',
      profile: IMAGE_2_LEVEL_1,
      ...(access && { service: [access.auth1] }),
    },
    {
      id: imageAddress(publicUrl, 3, path),
      type: 'ImageService3',
      profile: 'level1',
      ...(access && { service: [{ ...briefProbe(publicUrl, formatIdentifier(path)), service: [access.auth2] }] }),
    },
  ];
}
