import type { Decision } from '../access/decide.ts';
import type { Way } from '../access/rules.ts';
import type { Dimensions } from '../iiif/geometry.ts';
import type { FolderImage } from '../images/library.ts';
import type { Shelf } from '../images/shelves.ts';

/** Why nothing is shown, whoever asks. */
export type Refusal =
  /** Not IIIF, or a region or size that the image has not. */
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'missing'; readonly message: string }
  /** The file is there and cannot be read. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** Something that is needed for an answer does not answer itself. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** Why nothing is shown to this visitor. */
export type Denial = Exclude<Decision, { kind: 'allowed' }>;

/** An image may be sent: from here, in this state. */
export type Grant = {
  readonly kind: 'granted';
  /** Canonical, percent-encoded path for the image server. */
  readonly serverPath: string;
  /** Changes with the master file. */
  readonly version: string;
};

export type ImageVerdict = Grant | Denial | Refusal;

/** What a probe finds. */
export type ProbeVerdict =
  (Decision & { readonly kind: 'allowed'; readonly signature: string | undefined }) | Denial | Refusal;

/** What an info.json needs; `decision` says with which status it is sent, `way` which services stand in it. */
export type InfoVerdict =
  (Dimensions & { readonly kind: 'info'; readonly decision: Decision; readonly way: Way }) | Refusal;

/** What an info.json below a signature needs. */
export type SignedInfoVerdict = (Dimensions & { readonly kind: 'info' }) | Denial | Refusal;

/** What a folder is shown as. */
export type FolderContents = Extract<Shelf, { kind: 'manifest' | 'collection' | 'handmade' }>;

export type ManifestVerdict =
  | {
      readonly kind: 'folder';
      readonly contents: FolderContents;
      readonly decision: Decision;
      /** The way to an image of it. */
      readonly wayTo: (image: FolderImage) => Way;
    }
  | Refusal;
