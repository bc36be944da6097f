import type { AccessMethod } from '../access/rules.ts';
import type { Way } from './accessTexts.ts';
import type { Dimensions, Limits } from './geometry.ts';
import type { Texts } from './texts.ts';

/** An image in a folder, and the way to it. */
export type ManifestImage = Dimensions & { readonly path: readonly string[]; readonly accessMethod: AccessMethod };

export type FolderMember = {
  readonly kind: 'manifest' | 'collection';
  readonly path: readonly string[];
  /** Where it really lies. */
  readonly real: readonly string[];
  readonly label: string;
};

/** What stands at the head of a manifest and is true of its images together. */
export type Overview = {
  /** Whether any of them is not open to everybody. */
  readonly restricted: boolean;
  /** The first image that has a thumbnail. */
  readonly cover: ManifestImage | undefined;
};

/** `access`: the way to a document that is itself to be opened; its service stands at the top then. */
export type OwnAccess = {
  readonly publicUrl: string;
  readonly texts: Texts;
  readonly access: Way | undefined;
};

/** What a manifest or collection is made of, in every version of the Presentation API. */
type FolderInput = OwnAccess & {
  /** Parts of the path that identify it. */
  readonly path: readonly string[];
  readonly label: string;
  readonly attribution: string;
};

export type ManifestInput = FolderInput & {
  /** The manifest's address, where it is not that of its folder. */
  readonly id?: string;
  /** In reading order; at least one. */
  readonly images: Iterable<ManifestImage>;
  /** Of these images. */
  readonly overview: Overview;
  readonly limits: Limits;
};

export type CollectionInput = FolderInput & { readonly members: readonly FolderMember[] };

/**
 * Address of the canvas of an image. By name and not by number: an annotation stays on its page when another page is
 * added before it.
 */
export function canvasAddress(manifestId: string, { path }: ManifestImage): string {
  return below(manifestId, `canvas/${encodeURIComponent(path.at(-1) ?? '')}`);
}

/** An address below a manifest's; the root's ends with a slash already. */
export function below(manifestId: string, rest: string): string {
  return `${manifestId.replace(/\/$/, '')}/${rest}`;
}

/** The name of the file without its extension. */
export function canvasLabel({ path }: ManifestImage): string {
  return (path.at(-1) ?? '').replace(/\.[^.]+$/, '');
}
