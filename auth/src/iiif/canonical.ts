import type { VersionNumber } from './addresses.ts';
import type { Dimensions, Rectangle } from './geometry.ts';
import type { Quality, Rotation } from './imageRequest.ts';

/** An image request with nothing left to interpret, as the canonical address says it. */
export type Settled = {
  /** Pixels of the whole image. */
  readonly image: Dimensions;
  readonly region: Rectangle;
  readonly size: Dimensions;
  /** The size that `max` means for this region. */
  readonly max: Dimensions;
  readonly rotation: Rotation;
  readonly quality: Quality;
  readonly format: string;
};

/** What stands behind the identifier in the canonical address of a picture (Image API 2.1 and 3.0, section 4.7). */
export function canonicalParameters(version: VersionNumber, settled: Settled): string {
  const { image, region, rotation, quality, format } = settled;
  const whole = region.width === image.width && region.height === image.height;
  const where = whole ? 'full' : [region.x, region.y, region.width, region.height].join(',');
  const turn = `${rotation.mirrored ? '!' : ''}${rotation.degrees}`;
  // No image server here changes colours where none is asked for.
  const word = quality === 'color' ? 'default' : quality;
  return `${where}/${version === 2 ? size2(settled) : size3(settled)}/${turn}/${word}.${format}`;
}

function size2({ region, size }: Settled): string {
  if (size.width === region.width && size.height === region.height) return 'full';
  const kept = Math.max(1, Math.round((size.width * region.height) / region.width));
  return kept === size.height ? `${size.width},` : `${size.width},${size.height}`;
}

function size3({ region, size, max }: Settled): string {
  if (size.width === max.width && size.height === max.height) return 'max';
  const upscaled = size.width > region.width || size.height > region.height;
  return `${upscaled ? '^' : ''}${size.width},${size.height}`;
}
