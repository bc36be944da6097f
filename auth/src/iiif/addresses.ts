import { formatIdentifier } from './identifier.ts';

/** Where things are on this server. `publicUrl` is its origin, without a slash at the end. */
export function imageAddress(publicUrl: string, path: readonly string[]): string {
  return `${publicUrl}/iiif/images/${formatIdentifier(path)}`;
}

export function manifestAddress(publicUrl: string, path: readonly string[]): string {
  return `${publicUrl}/iiif/manifests/${formatIdentifier(path)}`;
}

export function imageAddress3(publicUrl: string, path: readonly string[]): string {
  return `${publicUrl}/iiif/3/images/${formatIdentifier(path)}`;
}

export function manifestAddress3(publicUrl: string, path: readonly string[]): string {
  return `${publicUrl}/iiif/3/manifests/${formatIdentifier(path)}`;
}

/** Before a signature that stands in the path of an image, ahead of its identifier. */
export const SIGNED = '~';

/** The probe of an image, by its identifier as it stands in addresses. */
export function probeAddress(publicUrl: string, identifier: string): string {
  return `${publicUrl}${PROBE_PATH}${identifier}`;
}

export const PROBE_PATH = '/auth/iiif/2/probe/';
export const ACCESS_2_PATH = '/auth/iiif/2/access';
export const AGREE_2_PATH = '/auth/iiif/2/agree';
export const KIOSK_2_PATH = '/auth/iiif/2/kiosk';
export const TOKEN_2_PATH = '/auth/iiif/2/token';
export const LOGOUT_2_PATH = '/auth/iiif/2/logout';
export const CLICKTHROUGH_PATH = '/auth/iiif-clickthrough';
export const KIOSK_PATH = '/auth/iiif-kiosk';
export const LOGIN_PATH = '/auth/iiif-login';
export const TOKEN_PATH = '/auth/iiif-token';
export const LOGOUT_PATH = '/auth/logout';
