import { formatIdentifier } from './identifier.ts';

/** Of the Image and the Presentation API, by the first number. */
export type VersionNumber = 2 | 3;

const BASES: Readonly<Record<VersionNumber, string>> = { 2: '/iiif/', 3: '/iiif/3/' };

/** Where images are, up to their identifiers. */
export function imagesPath(version: VersionNumber): string {
  return `${BASES[version]}images/`;
}

/** Where manifests and collections are, up to their identifiers. */
export function manifestsPath(version: VersionNumber): string {
  return `${BASES[version]}manifests/`;
}

/** Address of an image. `publicUrl`: origin of this server, without a slash at the end. */
export function imageAddress(publicUrl: string, version: VersionNumber, path: readonly string[]): string {
  return publicUrl + imagesPath(version) + formatIdentifier(path);
}

export function manifestAddress(publicUrl: string, version: VersionNumber, path: readonly string[]): string {
  return publicUrl + manifestsPath(version) + formatIdentifier(path);
}

/**
 * Before a signature that stands in the path of an image, ahead of its identifier: what no identifier begins with, because
 * `!` is in no name. nginx knows it too (proxy/templates/maps.conf): no signature is logged or cached.
 */
export const SIGNED = '!';

/** Where access to what is below a path can be asked for. */
export function requestAddress(publicUrl: string, path: readonly string[]): string {
  return publicUrl + REQUEST_PATH + formatIdentifier(path);
}

/** The probe of an image, by its identifier as it stands in addresses. */
export function probeAddress(publicUrl: string, identifier: string): string {
  return `${publicUrl}${PROBE_PATH}${identifier}`;
}

/** Behind the address of a token service: that of the `external` access service before it. */
export const EXTERNAL = '#external';
export const PROBE_PROFILE_PATH = '/auth/iiif/2/probe';
export const PROBE_PATH = `${PROBE_PROFILE_PATH}/`;
export const ACCESS_2_PATH = '/auth/iiif/2/access';
export const AGREE_2_PATH = '/auth/iiif/2/agree';
export const KIOSK_2_PATH = '/auth/iiif/2/kiosk';
export const TOKEN_2_PATH = '/auth/iiif/2/token';
export const LOGOUT_2_PATH = '/auth/iiif/2/logout';
export const CLICKTHROUGH_PATH = '/auth/iiif-clickthrough';
export const KIOSK_PATH = '/auth/iiif-kiosk';
/** Where access can be asked for, up to an identifier. */
export const REQUEST_PATH = '/auth/request/';
export const LOGIN_PATH = '/auth/iiif-login';
export const TOKEN_PATH = '/auth/iiif-token';
export const LOGOUT_PATH = '/auth/logout';
