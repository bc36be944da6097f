import type { PageSource } from '../shared/source.ts';

/** One operation of libvips: `vips NAME IN OUT ARGS`. */
export type Operation = {
  readonly name: string;
  readonly args: readonly string[];
  /** What of its input it cannot do without, beside the colours. */
  readonly needs?: 'alpha' | 'profile';
};

/**
 * What is done to a page, as its loader gives it, until it is upright, opaque, 8 bits, grey or sRGB. In this order: the
 * scale of the numbers, colours, alpha on white, upright. What would do nothing is left out. (libvips' loaders turn
 * min-is-white, palettes, single bits, the inverted CMYK of Adobe, YCbCr and multiplied alpha into what is usual.)
 */
export function operationsOf(source: PageSource): Operation[] {
  return [...coloured(source), ...upright(source.orientation)];
}

function coloured(source: PageSource): Operation[] {
  const { colour, alpha, profile, loader } = source;
  // Only its loader says whether a GIF has alpha: what is handed on as PNM is on white in any case.
  if (loader === 'gifload') return [{ name: 'copy', args: [] }];
  const hasAlpha = alpha !== undefined;
  const isDeep = source.bits > 8 && colour !== 'palette';
  const space = colour === 'grey' ? 'b-w' : 'srgb';
  const without = isDeep && hasAlpha ? flatten(65_535) : hasAlpha ? flatten(255) : [];
  // Of 16 bits Lab may be called signed: that is how its loader takes it.
  const isLabOfLoader = colour === 'lab' && source.numbers === 'signed' && source.bits === 16;
  if ((source.numbers !== 'unsigned' && !isLabOfLoader) || source.bits > 16)
    return [...scaled(source), ...(hasAlpha ? flatten(255) : [])];
  if (colour === 'cmyk')
    return [
      ...managed(source, isDeep && hasAlpha),
      ...meaningless(source),
      ...without,
      ...shallow(isDeep && hasAlpha, space),
    ];
  if (profile === 'other') {
    // Alpha of 16 bits stays so: the colours are kept as deep until they lie on white.
    const isKeptDeep = isDeep && hasAlpha;
    return [
      ...meaningless(source),
      ...managed(source, isKeptDeep),
      ...without,
      ...shallow(isKeptDeep || colour === 'grey', space),
    ];
  }
  if (colour === 'lab') return [...meaningless(source), FROM_LAB, ...(hasAlpha ? flatten(255) : [])];
  return [...meaningless(source), ...without, ...shallow(isDeep, space)];
}

/** Through ICC profiles, as Pillow and ImageMagick do by default. CMYK without a profile has libvips' own. */
function managed({ colour }: PageSource, isKeptDeep: boolean): Operation[] {
  const fallback =
    colour === 'cmyk' ? ['--input-profile', 'cmyk'] : colour === 'grey' ? [] : ['--input-profile', 'srgb'];
  const depth = isKeptDeep ? ['--depth', '16'] : [];
  const args = ['srgb', '--embedded', ...fallback, '--intent', 'perceptual', ...depth];
  return [{ name: 'icc_transform', args, needs: 'profile' }];
}

/** Lab is that of D50, as profiles have it (and Photoshop writes it); `colourspace` would take it for that of D65. */
const FROM_LAB: Operation = { name: 'icc_export', args: ['--output-profile', 'srgb', '--intent', 'perceptual'] };

/** Floating numbers from 0 to 1, others from their least to their greatest: 0 to 255. */
function scaled({ numbers, bits }: PageSource): Operation[] {
  const [factor, offset] =
    numbers === 'float'
      ? [255, 0]
      : [255 / (2 ** bits - 1), numbers === 'signed' ? (255 * 2 ** (bits - 1)) / (2 ** bits - 1) : 0];
  return [{ name: 'linear', args: [String(factor), String(offset), '--uchar'] }];
}

/** 8 bits; of 16, the upper half. */
function shallow(isNeeded: boolean, space: string): Operation[] {
  return isNeeded ? [{ name: 'colourspace', args: [space] }] : [];
}

function flatten(white: number): Operation[] {
  return [{ name: 'flatten', args: ['--background', String(white)], needs: 'alpha' }];
}

const SAMPLES: Readonly<Record<PageSource['colour'], number | undefined>> = {
  grey: 1,
  rgb: 3,
  lab: 3,
  cmyk: 3, // of CMYK when it is sRGB already: libvips takes its fifth sample for alpha
  palette: undefined,
  unknown: undefined,
};

/** Without the samples that are no colour and no alpha. */
function meaningless({ loader, colour, samples, alpha }: PageSource): Operation[] {
  const colours = SAMPLES[colour];
  if (loader !== 'tiffload' || colours === undefined) return [];
  const meant = (colour === 'cmyk' ? 4 : colours) + (alpha === undefined ? 0 : 1);
  if (samples <= meant) return [];
  return [
    { name: 'extract_band', args: ['0', '--n', String(colours + (alpha === undefined ? 0 : 1))], needs: 'alpha' },
  ];
}

/** By the number of EXIF and TIFF. */
const TURNS: Readonly<Record<number, readonly (readonly [name: string, how: string])[]>> = {
  2: [['flip', 'horizontal']],
  3: [['rot', 'd180']],
  4: [['flip', 'vertical']],
  5: [
    ['rot', 'd90'],
    ['flip', 'horizontal'],
  ],
  6: [['rot', 'd90']],
  7: [
    ['rot', 'd270'],
    ['flip', 'horizontal'],
  ],
  8: [['rot', 'd270']],
};

function upright(orientation: number): Operation[] {
  return (TURNS[orientation] ?? []).map(([name, how]) => ({ name, args: [how] }));
}
