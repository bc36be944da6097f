import type { Dimensions } from './dimensions.ts';
import type { Facts } from './facts.ts';

/** What of libvips reads a picture: `vips jpegload …`. No other loader is ever started. */
export type Loader = 'jpegload' | 'pngload' | 'gifload' | 'webpload' | 'tiffload' | 'jp2kload' | 'heifload' | 'pdfload';

/**
 * One picture of a master as its loader gives it, before anything is done to it: its pixels, not yet upright. Of a PDF and
 * of HEIF (which their loaders turn) all is as after the loader: RGB, upright.
 */
export type PageSource = Dimensions & {
  readonly loader: Loader;
  /** As the loader counts (its `page`), from 0: of a TIFF the directory, of which some are no pages. */
  readonly page: number;
  /** 1 to 8, as in EXIF: how it has still to be turned. */
  readonly orientation: number;
  readonly colour: 'grey' | 'rgb' | 'cmyk' | 'lab' | 'palette' | 'unknown';
  /** Of grey: the larger the number, the darker. */
  readonly minIsWhite: boolean;
  /** Of a sample in the file, 1 to 64. */
  readonly bits: number;
  readonly numbers: 'unsigned' | 'signed' | 'float';
  /** Samples of a pixel in the file, alpha and those of no meaning included. */
  readonly samples: number;
  /** `multiplied`: the colours are multiplied by it already. Samples that are no colour and no alpha mean nothing. */
  readonly alpha: 'plain' | 'multiplied' | undefined;
  /** Whether it has an ICC profile that fits its colours, and whether that says the same as sRGB. */
  readonly profile: 'srgb' | 'other' | undefined;
  /** A TIFF whose samples lie one after the other in tiles (planar configuration 2): libvips does not read these. */
  readonly apart: boolean;
};

/** The pictures of a master, for whoever makes pyramids of them; or why there are none, as in {@link Facts}. */
export type Sources =
  | { readonly kind: 'picture'; readonly pages: readonly [PageSource, ...PageSource[]] }
  | Exclude<Facts, { readonly kind: 'picture' }>;
