import type { Dimensions } from '../../iiif/geometry.ts';
import type { ImageServer } from './imageServer.ts';

/** Of a million pixels that are made: a tile of 512 x 512, made of a level that has it, costs 1. */
const MAKING = 3.75;

/** `source`: where the picture lies; `read`: pixels that the image server reads for it; `size`: pixels of the answer. */
type Work = { readonly source: string; readonly read: Dimensions; readonly size: Dimensions };

/** What a rendition costs an image server, in tiles of 512 x 512 pixels: a whole number from 1. */
export function priceOf({ reading }: Pick<ImageServer, 'reading'>, { source, read, size }: Work): number {
  return Math.max(1, Math.round(megapixels(size) * MAKING + megapixels(read) * reading(source)));
}

function megapixels({ width, height }: Dimensions): number {
  return (width * height) / 1e6;
}
