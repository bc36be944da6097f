import type { Dimensions } from './dimensions.ts';

/** What is known of a master from its header alone. */
export type Facts =
  | { readonly kind: 'picture'; readonly pages: readonly [Page, ...Page[]] }
  /** As long as the file is as it is. */
  | { readonly kind: 'unsuitable'; readonly reason: string; readonly remedy: string }
  /** For now: it may not be read, its disk fails, or somebody is writing it. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly remedy: string };

/** One picture of a master; pixels are those of the upright picture. */
export type Page = Dimensions &
  Pyramid & {
    readonly form: 'fit' | 'made';
    /** The image server shows the master as it is, right but slowly, until its pyramid is made. */
    readonly meanwhile?: 'jp2';
  };

/** How a picture is stored for the image server and for native tiles. */
export type Pyramid = {
  readonly tile: Dimensions;
  /** As stored, the largest first. The levels of what we make begin with a little more than the picture ({@link pyramidOf}). */
  readonly levels: readonly Dimensions[];
  /** Whether its tiles are JPEG, so that they are sent as they are. */
  readonly native: boolean;
};
