import type { Way } from '../access/rules.ts';
import type { Dimensions } from './geometry.ts';
import type { Texts } from './texts.ts';

/** An image in a folder, and the way to it. */
export type FolderImage = Dimensions & { readonly path: readonly string[]; readonly way: Way };

export type FolderMember = {
  readonly kind: 'manifest' | 'collection';
  readonly path: readonly string[];
  readonly label: string;
};

/** What a manifest or collection is made of, in every version of the Presentation API. */
export type FolderInput = {
  readonly publicUrl: string;
  /** Parts of the path that identify it. */
  readonly path: readonly string[];
  readonly label: string;
  readonly attribution: string;
  readonly texts: Texts;
};

export type ManifestInput = FolderInput & {
  /** The manifest's address, where it is not that of its folder. */
  readonly id?: string;
  /** In reading order; at least one. */
  readonly images: readonly FolderImage[];
};

export type CollectionInput = FolderInput & { readonly members: readonly FolderMember[] };

/** Pixels; the longer side of a thumbnail. */
export const THUMBNAIL = 200;

/**
 * Address of the canvas of an image. By name and not by number: an annotation stays on its page when another page is
 * added before it.
 */
export function canvasAddress(manifestId: string, { path }: FolderImage): string {
  return below(manifestId, `canvas/${encodeURIComponent(path.at(-1) ?? '')}`);
}

/** An address below a manifest's; the root's ends with a slash already. */
export function below(manifestId: string, rest: string): string {
  return `${manifestId.replace(/\/$/, '')}/${rest}`;
}

/** The name of the file without its extension. */
export function canvasLabel({ path }: FolderImage): string {
  return (path.at(-1) ?? '').replace(/\.[^.]+$/, '');
}
