import { createHash } from 'node:crypto';
import type { Dimensions } from '../iiif/geometry.ts';
import type { ImageFile } from './catalogue.ts';

/** What is known of an image file. */
export type Facts =
  | (Dimensions & { readonly kind: 'image'; readonly version: string })
  /** Of a kind that the image server cannot read, though its name says otherwise: an untiled TIFF on iipsrv. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** Broken, or not to be opened. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** The image server does not answer. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Sizes that outlive a restart; implemented in `database/`. A lost entry costs one question to the image server. */
export interface FactStore {
  /** Sizes of the files that are known in exactly this state, by {@link factKey}. */
  load(keys: readonly string[]): Promise<Map<string, Dimensions>>;
  save(sizes: ReadonlyMap<string, Dimensions>): Promise<void>;
}

/** Names one state of one file as one image server sees it. SHA-256, hex. */
export function factKey(server: string, file: ImageFile): string {
  return createHash('sha256')
    .update([server, file.modified, file.length, ...file.real].join('\n'))
    .digest('hex');
}

/** Changes whenever the file does; names a rendition's state in caches and to browsers. */
export function versionOf(key: string): string {
  return key.slice(0, 16);
}
