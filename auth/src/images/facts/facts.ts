import type { Dimensions } from '../../iiif/geometry.ts';
import type { Pyramid } from '../../iiif/pyramid.ts';
import type { Master } from '../pyramids/client.ts';

/** A page (from 0) of a file in one of its states. */
export type PageOfMaster = { readonly master: Master; readonly page: number };

/** What is known of an image: whether it can be served, and how large it is. */
export type ImageStatus =
  | (Dimensions & {
      readonly kind: 'image';
      /** Of the picture: changes whenever its file does. */
      readonly version: string;
      /** As it is stored, or will be. */
      readonly pyramid: Pyramid;
      readonly from: PageOfMaster;
    })
  /** Nothing is called so: a file of several pages, or a page that it has not. */
  | { readonly kind: 'missing'; readonly message: string }
  /** No picture, or none that can be made into a pyramid. */
  | { readonly kind: 'unsuitable'; readonly reason: string }
  /** Broken, or not to be opened, for now. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Nobody can say now. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** An image that can be shown, as far as its header says. */
export type ServableImage = Extract<ImageStatus, { kind: 'image' }>;

/** Facts that outlive a restart, as text; implemented in `database/`. A lost entry costs the reading of one header. */
export interface FactStore {
  /** Of the files that are known in exactly this state, by `pictureKey`. */
  load(keys: readonly string[]): Promise<Map<string, string>>;
  save(facts: ReadonlyMap<string, string>): Promise<void>;
  /** Whether anything is kept: there were images here before. */
  any(): Promise<boolean>;
}
