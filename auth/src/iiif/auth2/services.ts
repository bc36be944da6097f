import type { Pattern } from '../../access/rules.ts';
import {
  ACCESS_2_PATH,
  AGREE_2_PATH,
  EXTERNAL,
  KIOSK_2_PATH,
  LOGOUT_2_PATH,
  PROBE_PROFILE_PATH,
  probeAddress,
  TOKEN_2_PATH,
} from '../addresses.ts';
import { languageMap } from '../languages.ts';
import { accessTexts, suffixOf, type Way } from '../accessTexts.ts';
import type { Texts } from '../texts.ts';

/** Profile and address of the access service; none for `external`, where a client goes to the token service at once. */
const ACCESS: Record<Pattern, { readonly profile: string; readonly path?: string }> = {
  login: { profile: 'active', path: ACCESS_2_PATH },
  clickthrough: { profile: 'active', path: AGREE_2_PATH },
  kiosk: { profile: 'kiosk', path: KIOSK_2_PATH },
  external: { profile: 'external' },
};

/**
 * The probe service of an image with its access, token and logout services: Authorization Flow API 2.0, sections 3.1,
 * 4.1, 5.1 and 6.1. `identifier` as it stands in the image's address.
 *
 * `profile` of the probe is not asked for by the specification: Mirador 3 and 4 fail on any service that has none.
 */
export function probeService(publicUrl: string, identifier: string, texts: Texts, way: Way) {
  const { needed, neededNote } = accessTexts(publicUrl, texts, way);
  return {
    ...briefProbe(publicUrl, identifier),
    errorHeading: languageMap(needed),
    errorNote: languageMap(neededNote),
    service: [accessService(publicUrl, texts, way)],
  };
}

/** As much of the probe service of an image as a manifest says of it. */
export function briefProbe(publicUrl: string, identifier: string) {
  return {
    id: probeAddress(publicUrl, identifier),
    type: 'AuthProbeService2',
    profile: publicUrl + PROBE_PROFILE_PATH,
  };
}

/** The access service as a document names it more than once; see `namedCookieService`. */
export function namedAccessService(publicUrl: string, texts: Texts, way: Way) {
  const id = publicUrl + TOKEN_2_PATH + EXTERNAL + suffixOf(way.notice);
  return { id, ...accessService(publicUrl, texts, way) };
}

function accessService(publicUrl: string, texts: Texts, way: Way) {
  const { profile, path } = ACCESS[way.pattern];
  const said = accessTexts(publicUrl, texts, way);
  return {
    ...(path !== undefined && { id: publicUrl + path + suffixOf(way.notice) }),
    type: 'AuthAccessService2',
    profile,
    label: languageMap(said.label),
    heading: languageMap(said.heading),
    note: languageMap(said.note),
    confirmLabel: languageMap(said.confirm),
    service: [
      {
        id: publicUrl + TOKEN_2_PATH,
        type: 'AuthAccessTokenService2',
        errorHeading: languageMap(said.failureHeading),
        errorNote: languageMap(said.failureNote),
      },
      { id: publicUrl + LOGOUT_2_PATH, type: 'AuthLogoutService2', label: languageMap(texts.logoutLabel) },
    ],
  };
}
