import type { VersionNumber } from './addresses.ts';

/** Every address that IIIF gave a meaning to. Exactly these strings: viewers compare them letter by letter. */
export const IMAGE_2_CONTEXT = 'http://iiif.io/api/image/2/context.json';
export const IMAGE_PROTOCOL = 'http://iiif.io/api/image';
export const IMAGE_2_LEVEL_1 = 'http://iiif.io/api/image/2/level1.json';
export const PRESENTATION_2_CONTEXT = 'http://iiif.io/api/presentation/2/context.json';
export const AUTH_1_CONTEXT = 'http://iiif.io/api/auth/1/context.json';
export const AUTH_1_PROFILE = 'http://iiif.io/api/auth/1/';
export const AUTH_1_TOKEN = 'http://iiif.io/api/auth/1/token';
export const AUTH_1_LOGOUT = 'http://iiif.io/api/auth/1/logout';
export const IMAGE_3_CONTEXT = 'http://iiif.io/api/image/3/context.json';
export const PRESENTATION_3_CONTEXT = 'http://iiif.io/api/presentation/3/context.json';
export const AUTH_2_CONTEXT = 'http://iiif.io/api/auth/2/context.json';

/** Address of a level of compliance of the Image API. */
export function imageProfile(version: VersionNumber, level: 0 | 1): string {
  return `http://iiif.io/api/image/${version}/level${level}.json`;
}
