import { imageAddress, imageAddress3 } from '../addresses.ts';
import { cookieService, type CookieService } from '../auth1/services.ts';
import { probeService, type ProbeService } from '../auth2/services.ts';
import type { FolderImage } from '../folder.ts';
import { formatIdentifier } from '../identifier.ts';
import type { Texts } from '../texts.ts';

/**
 * An `external` access service needs no address in either version of the authorization, and where it has one, clients
 * ignore it. Here every service must have one (Presentation API 3.0, section 4.2): that of its token service, with this.
 */
const EXTERNAL = '#external';

/** Both image services of an image. Version 2 first: Mirador takes the first, and speaks Auth 1.0. */
export function imageServices(publicUrl: string, { path, way }: FolderImage, texts: Texts) {
  const identifier = formatIdentifier(path);
  return [
    {
      '@id': imageAddress(publicUrl, path),
      '@type': 'ImageService2',
      profile: 'http://iiif.io/api/image/2/level1.json',
      ...(way.kind !== 'open' && { service: [authReference(cookieService(publicUrl, texts, way.kind))] }),
    },
    {
      id: imageAddress3(publicUrl, path),
      type: 'ImageService3',
      profile: 'level1',
      ...(way.kind !== 'open' && { service: [probeReference(probeService(publicUrl, identifier, texts, way.kind))] }),
    },
  ];
}

/** The services of Auth 1.0 as they stand in a document of this version: typed, and without a context of their own. */
export function authReference({ '@context': _, service, ...rest }: CookieService): object {
  const [token] = service;
  return {
    ...(token && { '@id': token['@id'] + EXTERNAL }),
    '@type': 'AuthCookieService1',
    ...rest,
    service: service.map((nested) => ({
      '@type': 'label' in nested ? 'AuthLogoutService1' : 'AuthTokenService1',
      ...nested,
    })),
  };
}

/** The services of the Authorization Flow 2.0 as they stand here. */
function probeReference({ service, ...rest }: ProbeService): object {
  return {
    ...rest,
    service: service.map((access) => {
      const [token] = access.service;
      return { ...(token && { id: token.id + EXTERNAL }), ...access };
    }),
  };
}
