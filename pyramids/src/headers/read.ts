import { readGif } from './gif.ts';
import type { Header } from './header.ts';
import { readJpeg } from './jpeg.ts';
import { readJ2k, readJp2 } from './jpeg2000.ts';
import { readPng } from './png.ts';
import { Excessive, Malformed, type ByteSource } from './source.ts';
import { readTiff } from './tiff.ts';
import { readWebp } from './webp.ts';

export type HeaderReading =
  | { readonly kind: 'header'; readonly header: Header }
  /** No picture of a kind that is read here; `what` it is instead, where that is known. */
  | { readonly kind: 'unknown'; readonly what: string | undefined }
  | { readonly kind: 'damaged' | 'excessive'; readonly reason: string };

type Reader = (source: ByteSource) => Promise<Header>;

/** How each format begins. */
const STARTS: readonly (readonly [RegExp, Reader])[] = [
  [/^(?:II[*+]\0(?![^]{4}CR)|MM\0[*+])/, readTiff],
  [/^\0\0\0\x0cjP {2}\r\n\x87\n/, readJp2],
  [/^\xff\x4f\xff\x51/, readJ2k],
  [/^\xff\xd8\xff/, readJpeg],
  [/^\x89PNG\r\n\x1a\n/, readPng],
  [/^GIF8[79]a/, readGif],
  [/^RIFF[^]{4}WEBP/, readWebp],
  // The brands of pictures, as the main one or one of a few others (ISO/IEC 23008-12, AVIF).
  [
    /^\0\0[^]{2}ftyp(?:[^]{8}(?:[^]{4}){0,6})?(?:hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])/,
    () => Promise.resolve({ format: 'heif' }),
  ],
  // Some programs write something ahead of it.
  [/^[^]{0,1000}%PDF-\d/, () => Promise.resolve({ format: 'pdf' })],
];

/** What is taken for a picture by many, and is read by none of ours. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*<svg|<svg|<!DOCTYPE svg)/i, 'a drawing (SVG)'],
  [/^8BP[SB]/, 'a file of Photoshop'],
  [/^BM/, 'a bitmap of Windows (BMP)'],
  [/^(?:\xff\x0a|\0\0\0\x0cJXL )/, 'a JPEG XL'],
  [/^(?:%!PS|\xc5\xd0\xd3\xc6)/, 'PostScript'],
  [/^AT&TFORM/, 'a DjVu'],
  [/^(?:\0\0[^]{2}ftypcrx |II\*\0[^]{4}CR)/, 'a raw file of a camera'],
  [/^\0\0[^]{2}ftyp/, 'a film'],
  [/^(?:PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!)/, 'an archive'],
  [/^P[1-7]\s/, 'a PNM'],
];
const START = 1024;

/** What the header of a file says, by what is in it and not by its name. Throws what reading of the source throws, else nothing. */
export async function readHeader(source: ByteSource): Promise<HeaderReading> {
  if (source.length === 0) return { kind: 'damaged', reason: 'it is empty' };
  try {
    const start = await source.latin1(0, Math.min(START, source.length));
    const reader = STARTS.find(([pattern]) => pattern.test(start))?.[1];
    if (!reader) return { kind: 'unknown', what: OTHERS.find(([pattern]) => pattern.test(start))?.[1] };
    return { kind: 'header', header: await reader(source) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'damaged', reason: error.message };
    if (error instanceof Excessive) return { kind: 'excessive', reason: error.message };
    throw error;
  }
}
