import type { Decision } from '../access/decide.ts';
import type { AccessMethod } from '../access/rules.ts';
import type { ManifestImage } from '../iiif/folder.ts';
import type { Dimensions } from '../iiif/geometry.ts';
import type { Pyramid } from '../iiif/pyramid.ts';
import type { Tier } from '../iiif/tier.ts';
import type { FolderReading } from '../images/manifests/folderManifests.ts';

/** Why nothing is shown, whoever asks. */
export type Refusal =
  /** Not IIIF, or a region or size that the image has not. */
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'missing'; readonly message: string }
  /** The file is there and cannot be read. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** Something that is needed for an answer does not answer itself, or is not ready: in so many seconds it may be. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly retryAfter?: number };

export type Allowed = Extract<Decision, { kind: 'allowed' }>;
/** Why nothing is shown to this visitor. */
export type Denial = Exclude<Decision, Allowed>;

/** An image may be sent: from here, in this state. */
export type Grant = {
  readonly kind: 'granted';
  /** Canonical path for the image server, or for pyramids where it is a tile as it is stored. */
  readonly serverPath: string;
  /** Changes with the master file. */
  readonly version: string;
  /** For nothing but the place from where it was asked for. */
  readonly byPlace: boolean;
  /** The one address of this picture, of many that mean it, without the origin. */
  readonly canonical: string;
  /** Address of the level of compliance. */
  readonly profile: string;
  /**
   * Names all that the path, its version and the canonical address depend on beside the four parts of the request: the
   * image, its state, the tier, the API version, the settings. 32 hexadecimal digits, of this process.
   */
  readonly grant: string;
  /** When the first of what gives the right is over; `undefined` where nothing that ends is needed. */
  readonly endsAt: Date | undefined;
  /** What it costs to make, in tiles of 512 x 512 pixels; 0 where it is stored as it is sent. */
  readonly price: number;
  /** Who has to make room for whom, and is counted as whom: `user {id}`, or `known` or `anybody` and the network. */
  readonly visitor: string;
};

export type ImageVerdict = Grant | Denial | Refusal;

/** What a probe finds. */
export type ProbeVerdict = (Allowed & { readonly signature: string | undefined }) | Denial | Refusal;

/** What is described: an image, or its tier. */
type Described = Dimensions & {
  readonly kind: 'info';
  readonly tier: Tier['kind'] | undefined;
  /** Of what is described; `undefined` where that is one picture. */
  readonly pyramid: Pyramid | undefined;
};

/** What an info.json needs; `decision` is of the image, `accessMethod` says which services stand in it. */
export type Info = Described & {
  readonly decision: Decision;
  readonly accessMethod: AccessMethod;
  /** Whether it is sent to an administrator, who may know which rule decided. */
  readonly toAdministrator: boolean;
};
export type InfoVerdict = Info | Refusal;

/** What an info.json below a signature needs. */
export type SignedInfo = Described & { readonly byPlace: boolean };
export type SignedInfoVerdict = SignedInfo | Denial | Refusal;

/**
 * What a folder is shown as, to the one who asks: empty to those who may not see it. The list of images is the same object as
 * long as nothing is looked at again.
 */
type FolderContents =
  | { readonly kind: 'manifest'; readonly path: readonly string[]; readonly images: readonly ManifestImage[] }
  | Extract<FolderReading, { kind: 'collection' | 'handmade' }>;

export type FolderVerdict = {
  readonly kind: 'folder';
  readonly contents: FolderContents;
  readonly decision: Decision;
};

export type ManifestVerdict = FolderVerdict | Refusal;
