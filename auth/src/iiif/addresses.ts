import { formatIdentifier } from './identifier.ts';

/** Where things are on this server. `publicUrl` is its origin, without a slash at the end. */
export function imageAddress(publicUrl: string, path: readonly string[]): string {
  return `${publicUrl}/iiif/images/${formatIdentifier(path)}`;
}

export function manifestAddress(publicUrl: string, path: readonly string[]): string {
  return `${publicUrl}/iiif/manifests/${formatIdentifier(path)}`;
}

export const LOGIN_PATH = '/auth/iiif-login';
export const TOKEN_PATH = '/auth/iiif-token';
export const LOGOUT_PATH = '/auth/logout';
