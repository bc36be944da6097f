import type { Dimensions } from '../shared/dimensions.ts';

/** What stands in the header of a picture, as far as it decides how it is served and how a pyramid is made of it. */
export type Header =
  TiffHeader | Jpeg2000Header | JpegHeader | PngHeader | GifHeader | WebpHeader | HeifHeader | PdfHeader;

/** An ICC profile: of which colours (`RGB `, `GRAY`, `CMYK`, …), and whether it says the same as sRGB. */
export type Profile = { readonly space: string; readonly srgb: boolean };

/** TIFF 6.0 and BigTIFF; numbers are those of the tags. */
export type TiffHeader = {
  readonly format: 'tiff';
  readonly big: boolean;
  /** At least one. */
  readonly pages: readonly TiffPage[];
  /** Directories that are no page and no level of one: thumbnails, masks. */
  readonly others: number;
  /** What a camera saw, not yet a picture. */
  readonly raw: boolean;
};

export type TiffPage = Dimensions &
  TiffShape & {
    /** Its place in the chain of directories, from 0. */
    readonly directory: number;
    /** 1: upright, as in EXIF. */
    readonly orientation: number;
    readonly profile: Profile | undefined;
    /** Smaller versions in the directories behind it, largest first. */
    readonly levels: readonly TiffLevel[];
    /** Smaller versions in directories below its own, largest first. Looked for in a file of one page only. */
    readonly below: readonly TiffLevel[];
    readonly tile: Dimensions | undefined;
    /** As in {@link TiffLevel}. */
    readonly whole: boolean;
  };

/** What says how the samples of a picture are to be understood. */
export type TiffShape = {
  readonly photometric: number;
  readonly samples: number;
  /** One for each sample, or one for all. */
  readonly bits: readonly number[];
  /** 1: whole numbers, 2: with a sign, 3: float; those that occur. */
  readonly sampleFormats: readonly number[];
  /** 1: the samples of a pixel together, 2: each sample for itself. */
  readonly planar: number;
  readonly compression: number;
  readonly predictor: number;
  /** 0: of no meaning, 1: alpha that is multiplied in, 2: alpha. */
  readonly extraSamples: readonly number[];
};

export type TiffLevel = Dimensions & {
  readonly tile: Dimensions | undefined;
  /** Whether its samples are to be understood as those of the picture. */
  readonly alike: boolean;
  /** Whether all of its tiles lie in the file, and the first one is what it is said to be. Looked at in a file of one page only. */
  readonly whole: boolean;
};

/** JPEG 2000, ISO/IEC 15444-1: a JP2 file, or a codestream without one. */
export type Jpeg2000Header = Dimensions & {
  readonly format: 'jp2' | 'j2k';
  /** Pixel sizes of the resolutions that the file holds, largest first, the first being the image itself. */
  readonly levels: readonly Dimensions[];
  readonly components: number;
  /** One for each component. */
  readonly bits: readonly number[];
  readonly signed: boolean;
  /** Whether some components have fewer pixels than others. */
  readonly subsampled: boolean;
  /** Whether the image begins elsewhere than the grid of its tiles. */
  readonly offset: boolean;
  readonly palette: boolean;
  readonly alpha: 'plain' | 'multiplied' | undefined;
  /** 12: CMYK, 14: Lab, 16: sRGB, 17: grey, 18: sYCC, or another number of the standard; `undefined`: not said. */
  readonly colourSpace: number | undefined;
  readonly profile: Profile | undefined;
};

/** ITU-T T.81. */
export type JpegHeader = Dimensions & {
  readonly format: 'jpeg';
  readonly components: number;
  readonly bits: number;
  /** Of the frame: 0 to 2 are baseline, extended and progressive with Huffman coding. */
  readonly process: number;
  readonly orientation: number;
  /** Whether it has Adobe's segment: its CMYK is negative. */
  readonly adobe: boolean;
  readonly profile: Profile | undefined;
};

/** Colour types: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
export type PngHeader = Dimensions & {
  readonly format: 'png';
  readonly bits: number;
  readonly colourType: number;
  /** Whether one colour of it means transparent. */
  readonly transparent: boolean;
  readonly orientation: number;
  readonly profile: Profile | undefined;
};

/** GIF89a. */
export type GifHeader = Dimensions & { readonly format: 'gif'; readonly frames: number };

/** RFC 9649. */
export type WebpHeader = Dimensions & {
  readonly format: 'webp';
  readonly frames: number;
  readonly alpha: boolean;
  readonly orientation: number;
  readonly profile: Profile | undefined;
};

/** HEIC, HEIF or AVIF, by its brand: what is in it another program says. */
export type HeifHeader = { readonly format: 'heif' };
export type PdfHeader = { readonly format: 'pdf' };
