import type { Header, Jpeg2000Header, JpegHeader, TiffHeader } from './header.ts';

/** What nothing here reads: why, and what an operator does. */
export type Unsuitable = { readonly reason: string; readonly remedy: string };

/** What an operator does with a picture that is not served. */
export const REMEDIES = {
  convert: 'make a TIFF, PNG or JPEG of it with a program that opens it',
  restore: 'copy it here once more from where it came',
  divide: 'make several files of it',
  smaller: 'make it smaller, or raise MAX_PIXELS',
};

/** Compressions that libtiff or libvips reads. */
const COMPRESSIONS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 32_766, 32_771, 32_773, 32_809, 32_909, 32_946],
  ...[33_003, 33_004, 33_005, 34_661, 34_676, 34_677, 34_887, 34_925, 50_000, 50_001],
];
const YCBCR = 6;
const JPEG = 7;
const BITS = [1, 2, 4, 8, 16, 32, 64];
/** Of samples: numbers, with a sign, float, and such that nobody has said anything of. */
const FORMATS = [1, 2, 3, 4];
/** Of a frame of JPEG, with Huffman or arithmetic coding: baseline, extended, progressive. */
const PROCESSES = [0, 1, 2, 9, 10];

const OF_TIFF: readonly (readonly [string, (header: TiffHeader) => boolean])[] = [
  ['a raw file of a camera', ({ raw }) => raw],
  ['a TIFF with samples of unequal bits', ofSome(({ bits }) => bits.some((number) => number !== bits[0]))],
  ['a TIFF with samples of an unusual number of bits', ofSome(({ bits }) => !BITS.includes(bits[0] ?? 0))],
  [
    'a TIFF with samples that are no plain numbers',
    ofSome(
      ({ sampleFormats }) => sampleFormats.length !== 1 || !sampleFormats.every((format) => FORMATS.includes(format)),
    ),
  ],
  // libvips takes these numbers for red, green and blue.
  [
    'a TIFF of YCbCr that is no JPEG',
    ofSome(({ photometric, compression }) => photometric === YCBCR && compression !== JPEG),
  ],
  ['a TIFF that is compressed in an unusual way', ofSome(({ compression }) => !COMPRESSIONS.includes(compression))],
];

const OF_JPEG: readonly (readonly [string, (header: JpegHeader) => boolean])[] = [
  ['a JPEG without loss', ({ process }) => !PROCESSES.includes(process)],
  ['a JPEG of more than 8 bits', ({ bits }) => bits !== 8],
  ['a JPEG that is neither grey nor RGB nor CMYK', ({ components }) => ![1, 3, 4].includes(components)],
];

const OF_JPEG_2000: readonly (readonly [string, (header: Jpeg2000Header) => boolean])[] = [
  ['a JPEG 2000 with a palette, which libvips does not read', ({ palette }) => palette],
  ['a JPEG 2000 whose picture begins elsewhere than its grid, which libvips does not read', ({ offset }) => offset],
];

/** Why no pyramid can be made of a picture, as far as its header shows it; `undefined` where nothing speaks against it. */
export function unsuitabilityOf(header: Header): Unsuitable | undefined {
  const reason = reasonOf(header);
  return reason === undefined ? undefined : { reason, remedy: REMEDIES.convert };
}

function reasonOf(header: Header): string | undefined {
  switch (header.format) {
    case 'tiff':
      return OF_TIFF.find(([, is]) => is(header))?.[0];
    case 'jpeg':
      return OF_JPEG.find(([, is]) => is(header))?.[0];
    case 'jp2':
    case 'j2k':
      return OF_JPEG_2000.find(([, is]) => is(header))?.[0];
    case 'png':
    case 'gif':
    case 'webp':
    case 'heif':
    case 'pdf':
      return undefined;
  }
}

/** Whether it holds for some page. */
function ofSome(is: (page: TiffHeader['pages'][number]) => boolean): (header: TiffHeader) => boolean {
  return ({ pages }) => pages.some(is);
}
