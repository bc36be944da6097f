import type { Loader, PageSource } from '../shared/source.ts';
import type {
  GifHeader,
  Header,
  HeifHeader,
  Jpeg2000Header,
  JpegHeader,
  PdfHeader,
  PngHeader,
  Profile,
  TiffPage,
  WebpHeader,
} from './header.ts';

type Colour = PageSource['colour'];

/** Of headers that say themselves what the pictures are: the others have to be asked for in another way. */
export type TellingHeader = Exclude<Header, HeifHeader | PdfHeader>;

/** What each picture of a file is to its loader. */
export function pagesOf(header: TellingHeader): readonly PageSource[] {
  switch (header.format) {
    case 'tiff':
      return header.pages.map(ofTiff);
    case 'jp2':
    case 'j2k':
      return [ofJpeg2000(header)];
    case 'jpeg':
      return [ofJpeg(header)];
    case 'png':
      return [ofPng(header)];
    case 'gif':
      return frames(header, 'gifload', { colour: 'palette', samples: 1, alpha: 'plain' });
    case 'webp': {
      const { alpha, orientation, profile } = header;
      return frames(header, 'webpload', {
        colour: 'rgb',
        samples: alpha ? 4 : 3,
        alpha: alpha ? 'plain' : undefined,
        orientation: known(orientation),
        profile: fitting(profile, 'rgb'),
      });
    }
  }
}

/** Colours by photometric interpretation. */
const PHOTOMETRIC: Readonly<Record<number, Colour>> = {
  0: 'grey',
  1: 'grey',
  2: 'rgb',
  3: 'palette',
  4: 'grey',
  5: 'cmyk',
  6: 'rgb',
  8: 'lab',
  9: 'lab',
  10: 'lab',
};
const MULTIPLIED = 1;
const PLAIN = 2;

function ofTiff(page: TiffPage): PageSource {
  const colour = PHOTOMETRIC[page.photometric] ?? 'unknown';
  const { extraSamples, sampleFormats } = page;
  return {
    ...plain('tiffload', page),
    page: page.directory,
    orientation: known(page.orientation),
    colour,
    minIsWhite: page.photometric === 0,
    bits: page.bits[0] ?? 1,
    numbers: sampleFormats.includes(3) ? 'float' : sampleFormats.includes(2) ? 'signed' : 'unsigned',
    samples: page.samples,
    alpha: extraSamples.includes(PLAIN) ? 'plain' : extraSamples.includes(MULTIPLIED) ? 'multiplied' : undefined,
    profile: fitting(page.profile, colour),
    apart: page.planar === 2 && page.samples > 1,
  };
}

const ENUMERATED: Readonly<Record<number, Colour>> = { 12: 'cmyk', 14: 'lab', 16: 'rgb', 17: 'grey', 18: 'rgb' };

function ofJpeg2000(header: Jpeg2000Header): PageSource {
  const { components, colourSpace, profile, palette, alpha, signed } = header;
  const said = colourSpace === undefined ? spaceOf(profile) : ENUMERATED[colourSpace];
  const colour = palette ? 'palette' : (said ?? (components < 3 ? 'grey' : 'rgb'));
  return {
    ...plain('jp2kload', header),
    colour,
    bits: Math.max(...header.bits),
    numbers: signed ? 'signed' : 'unsigned',
    samples: components,
    alpha,
    profile: fitting(profile, palette ? 'rgb' : colour),
  };
}

const COMPONENTS: Readonly<Record<number, Colour>> = { 1: 'grey', 3: 'rgb', 4: 'cmyk' };

function ofJpeg(header: JpegHeader): PageSource {
  const colour = COMPONENTS[header.components] ?? 'unknown';
  const { components: samples, bits } = header;
  const profile = fitting(header.profile, colour);
  return { ...plain('jpegload', header), orientation: known(header.orientation), colour, samples, bits, profile };
}

/** Of each type of colours: what they are, and how many samples a pixel has. */
const PNG: Readonly<Record<number, readonly [Colour, number]>> = {
  0: ['grey', 1],
  2: ['rgb', 3],
  3: ['palette', 1],
  4: ['grey', 2],
  6: ['rgb', 4],
};

function ofPng(header: PngHeader): PageSource {
  const { bits, colourType, transparent } = header;
  const [colour, samples] = PNG[colourType] ?? ['unknown', 1];
  return {
    ...plain('pngload', header),
    orientation: known(header.orientation),
    colour,
    bits,
    samples,
    alpha: transparent || colourType >= 4 ? 'plain' : undefined,
    profile: fitting(header.profile, colour),
  };
}

function frames(header: GifHeader | WebpHeader, loader: Loader, more: Partial<PageSource>): PageSource[] {
  return Array.from({ length: header.frames }, (_, page) => ({ ...plain(loader, header), ...more, page }));
}

/** The commonest picture: one, upright, RGB of 8 bits. */
export function plain(loader: Loader, { width, height }: { width: number; height: number }): PageSource {
  return {
    loader,
    page: 0,
    width,
    height,
    orientation: 1,
    colour: 'rgb',
    minIsWhite: false,
    bits: 8,
    numbers: 'unsigned',
    samples: 3,
    alpha: undefined,
    profile: undefined,
    apart: false,
  };
}

/** Nobody turns a picture by a number that means nothing. */
function known(orientation: number): number {
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

const SPACES: Readonly<Record<string, Colour>> = { 'RGB ': 'rgb', GRAY: 'grey', CMYK: 'cmyk', 'Lab ': 'lab' };

function spaceOf(profile: Profile | undefined): Colour | undefined {
  return profile && SPACES[profile.space];
}

function fitting(profile: Profile | undefined, colour: Colour): PageSource['profile'] {
  if (!profile || spaceOf(profile) !== (colour === 'palette' ? 'rgb' : colour)) return undefined;
  return profile.srgb ? 'srgb' : 'other';
}
