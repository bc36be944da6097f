import type { ImageServerName } from './fitness.ts';
import type { Jpeg2000Header } from './header.ts';

/** Pixels. iipsrv makes no resolution smaller than those in the file; the smallest has to be no larger. */
const SMALL = 256;

/** What each image server was seen to show right: bits of a component, components by what the colours are. */
const KNOWN: Readonly<Record<ImageServerName, Readonly<Record<'bits' | 'rgb' | 'grey', readonly number[]>>>> = {
  iipsrv: { bits: [8, 16], rgb: [3, 4], grey: [1, 2] },
  digilib: { bits: [8], rgb: [3, 4], grey: [1] },
};

/** Whether an image server shows a JPEG 2000 as it is, right if slowly: until its pyramid is made. */
export function isShownMeanwhile(header: Jpeg2000Header, server: ImageServerName): boolean {
  const { format, bits, signed, subsampled, offset, palette, alpha, colourSpace, profile, components, levels } = header;
  if (format !== 'jp2' || signed || subsampled || offset || palette) return false;
  // Neither puts alpha on white, or converts colours.
  if (alpha !== undefined || profile?.srgb === false) return false;
  const known = KNOWN[server];
  const isRgb = colourSpace === 16 || profile?.space === 'RGB ';
  const isGrey = colourSpace === 17 || profile?.space === 'GRAY';
  const sound = (isRgb && known.rgb.includes(components)) || (isGrey && known.grey.includes(components));
  const [first = 0] = bits;
  if (!sound || !known.bits.includes(first) || bits.some((number) => number !== first)) return false;
  const last = levels.at(-1) ?? header;
  return server === 'iipsrv' ? Math.max(last.width, last.height) <= SMALL : Math.min(header.width, header.height) > 1;
}
