import type { Dimensions } from '../shared/dimensions.ts';
import type { Pyramid } from '../shared/facts.ts';
import type { TiffHeader, TiffLevel, TiffPage } from './header.ts';
import { pagesOf } from './pages.ts';

export type ImageServerName = 'iipsrv' | 'digilib';

export type Fitness =
  | ({ readonly kind: 'fit' } & Pyramid)
  /** A pyramid has to be made of it, because it is not what `lacks` says. */
  | { readonly kind: 'made'; readonly lacks: string };

type Candidate = {
  readonly header: TiffHeader;
  readonly page: TiffPage;
  readonly tile: Dimensions;
  /** The picture itself and the levels that the image server draws from. */
  readonly levels: readonly [TiffPage, ...TiffLevel[]];
  readonly server: ImageServerName;
};

/** Pixels. */
const TILES = [128, 256, 512, 1024];
const JPEG = 7;
const WEBP = 50_001;
/** None, LZW, deflate (two numbers). */
const LOSSLESS = [1, 5, 8, 32_946];
/** As both image servers were measured: iipsrv 1.1, digilib 2.13.0. */
const COMPRESSIONS: Readonly<Record<ImageServerName, readonly number[]>> = {
  iipsrv: [...LOSSLESS, JPEG, WEBP],
  digilib: [...LOSSLESS, JPEG],
};

/** Whether a TIFF is a pyramid as it is, one row for each thing that it has to be; the first that it is not is said. */
const ROWS: readonly (readonly [string, (candidate: Candidate) => boolean])[] = [
  ['one picture and nothing beside it', ({ header }) => header.pages.length === 1 && header.others === 0],
  // Of some pictures iipsrv 1.1 shows the memory of others.
  ['grey or RGB of 8 bits, without alpha', ({ page }) => isPlain(page)],
  ['upright', ({ page }) => page.orientation === 1],
  ['sRGB or without a profile', ({ header }) => pagesOf(header)[0]?.profile !== 'other'],
  [
    'compressed as this image server shows it',
    ({ page, server }) =>
      COMPRESSIONS[server].includes(page.compression) && (page.predictor === 1 || page.predictor === 2),
  ],
  ['WebP of colours', ({ page }) => page.compression !== WEBP || page.samples === 3],
  ['with samples that lie together', ({ page }) => page.planar === 1 || page.samples === 1],
  ['in square tiles of 128 to 1024 pixels', ({ tile }) => tile.width === tile.height && TILES.includes(tile.width)],
  ['a TIFF that this image server opens', ({ header, server }) => server === 'iipsrv' || !header.big],
  ['wider and higher than a pixel', ({ page, server }) => server === 'iipsrv' || Math.min(page.width, page.height) > 1],
  // iipsrv 1.1 takes memory of other pictures for the rest of a tile that is smaller than those of the first level.
  ['in tiles of one size', ({ levels, tile }) => levels.every((level) => isSame(level.tile, tile))],
  ['a pyramid of equal pictures', ({ levels }) => levels.slice(1).every((level) => 'alike' in level && level.alike)],
  [
    'a pyramid of halves',
    ({ levels }) => levels.every((level, index) => index === 0 || isHalf(level, levels[index - 1])),
  ],
  ['a pyramid down to about a tile', ({ levels, tile }) => longest(levels.at(-1)) <= 2 * tile.width],
  // Levels that are rounded down may lack a last, narrow column; iipsrv 1.1 dies of a request for it.
  ['a pyramid with every tile that is asked for', ({ levels, tile }) => hasEveryTile(levels, tile.width)],
  ['whole', ({ levels }) => levels.every(({ whole }) => whole)],
];

/** Whether a TIFF is served as it is: a pyramid that the image server in use is known to show right. */
export function fitnessOf(header: TiffHeader, server: ImageServerName): Fitness {
  const [page] = header.pages;
  if (page?.tile === undefined) return { kind: 'made', lacks: 'in tiles' };
  // iipsrv 1.1 sees no levels below a directory.
  const smaller = page.levels.length > 0 || server === 'iipsrv' ? page.levels : page.below;
  const candidate: Candidate = { header, page, tile: page.tile, levels: [page, ...smaller], server };
  const lacking = ROWS.find(([, holds]) => !holds(candidate));
  if (lacking) return { kind: 'made', lacks: lacking[0] };
  const levels = candidate.levels.map(({ width, height }) => ({ width, height }));
  return { kind: 'fit', tile: page.tile, levels, native: page.compression === JPEG };
}

/** Photometric interpretations with as many samples as they need: grey, RGB, and YCbCr in JPEG. */
function isPlain({ photometric, samples, bits, sampleFormats, compression }: TiffPage): boolean {
  const colours =
    (photometric === 1 && samples === 1) ||
    (photometric === 2 && samples === 3) ||
    (photometric === 6 && samples === 3 && compression === JPEG);
  return colours && bits.every((number) => number === 8) && sampleFormats.every((number) => number === 1);
}

function isSame(one: Dimensions | undefined, other: Dimensions): boolean {
  return one?.width === other.width && one.height === other.height;
}

function isHalf(level: Dimensions, before: Dimensions | undefined): boolean {
  const half = (length: number, of: number): boolean => length === Math.max(1, of >> 1) || length === Math.ceil(of / 2);
  return before !== undefined && half(level.width, before.width) && half(level.height, before.height);
}

function longest(level: Dimensions | undefined): number {
  return level ? Math.max(level.width, level.height) : Infinity;
}

function hasEveryTile(levels: readonly [Dimensions, ...Dimensions[]], tile: number): boolean {
  const [image] = levels;
  return levels.every((level, k) =>
    (['width', 'height'] as const).every(
      (side) => Math.ceil(level[side] / tile) === Math.ceil(image[side] / (tile * 2 ** k)),
    ),
  );
}
