import { ACCESS_2_PATH, LOGOUT_2_PATH, probeAddress, TOKEN_2_PATH } from '../addresses.ts';
import { languageMap } from '../languages.ts';
import type { Texts } from '../texts.ts';

/**
 * The probe service of an image with its access, token and logout services: Authorization Flow API 2.0, sections 3.1,
 * 4.1, 5.1 and 6.1. `identifier` as it stands in the image's address.
 *
 * `profile` is not asked for by the specification: Mirador 3 and 4 fail on any service that has none.
 */
export function probeService(publicUrl: string, identifier: string, texts: Texts) {
  return {
    id: probeAddress(publicUrl, identifier),
    type: 'AuthProbeService2',
    profile: `${publicUrl}/auth/iiif/2/probe`,
    errorHeading: languageMap(texts.loginNeeded),
    errorNote: languageMap(texts.loginNeededNote),
    service: [
      {
        id: publicUrl + ACCESS_2_PATH,
        type: 'AuthAccessService2',
        profile: 'active',
        label: languageMap(texts.label),
        heading: languageMap(texts.header),
        note: languageMap(texts.description),
        confirmLabel: languageMap(texts.confirmLabel),
        service: [
          {
            id: publicUrl + TOKEN_2_PATH,
            type: 'AuthAccessTokenService2',
            errorHeading: languageMap(texts.failureHeader),
            errorNote: languageMap(texts.failureDescription),
          },
          { id: publicUrl + LOGOUT_2_PATH, type: 'AuthLogoutService2', label: languageMap(texts.logoutLabel) },
        ],
      },
    ],
  };
}

export type ProbeService = ReturnType<typeof probeService>;
