import type { Dimensions, Rectangle } from './geometry.ts';

/** How a picture is stored: for the image server, and for tiles that are sent as they lie there. */
export type Pyramid = {
  /** Pixels. */
  readonly tile: Dimensions;
  /**
   * Pixels of its levels as they are stored, the largest first, each half of the one before. A level may hold a little
   * more than the picture, to the right and below, or a part of a pixel less.
   */
  readonly levels: readonly Dimensions[];
  /** Whether its tiles are JPEG files but for their tables: then they are sent without being decoded. */
  readonly native: boolean;
};

/** A tile as it is stored, cut at its upper left corner to so many pixels. */
export type PyramidTile = Dimensions & { readonly level: number; readonly column: number; readonly row: number };

/** Pixels of the picture as a level has it. */
export function sizeAt(picture: Dimensions, { levels }: Pyramid, level: number): Dimensions {
  const stored = levels[level] ?? { width: 0, height: 0 };
  return {
    width: Math.min(Math.ceil(picture.width / 2 ** level), stored.width),
    height: Math.min(Math.ceil(picture.height / 2 ** level), stored.height),
  };
}

/** The pyramid of the picture as a level has it: that level and those below. */
export function pyramidFrom(pyramid: Pyramid, level: number): Pyramid {
  return { ...pyramid, levels: pyramid.levels.slice(level) };
}

/**
 * The tile that a region of a picture, in a size, is exactly: the region lies on the grid of a level, and the size is what
 * this level has of it (Image API 2.1 and 3.0, implementation notes: tiles, and `sizes` of one tile). `undefined` where it
 * is none.
 */
export function tileOf(
  picture: Dimensions,
  pyramid: Pyramid,
  { region, size }: { readonly region: Rectangle; readonly size: Dimensions },
): PyramidTile | undefined {
  if (!pyramid.native) return undefined;
  return cellsOf(picture, pyramid, region).find(({ width, height }) => size.width === width && size.height === height);
}

/**
 * The tile that a part of a picture is in this width. Viewers of Image API 2.1 leave the height of a tile out (`w,`),
 * although that of a narrow tile at the edge does not follow from its width: half of 1 x 1024 pixels is 1 x 512.
 */
export function tileOfWidth(
  picture: Dimensions,
  pyramid: Pyramid,
  { region, width }: { readonly region: Rectangle; readonly width: number },
): Dimensions | undefined {
  if (region.width === picture.width && region.height === picture.height) return undefined;
  return cellsOf(picture, pyramid, region).find((cell) => cell.width === width);
}

/** The tiles, one of a level, that show exactly this region. */
function cellsOf(picture: Dimensions, pyramid: Pyramid, region: Rectangle): readonly PyramidTile[] {
  return [...pyramid.levels.keys()].flatMap((level) => {
    const across = pyramid.tile.width * 2 ** level;
    const down = pyramid.tile.height * 2 ** level;
    const isCell =
      region.x % across === 0 &&
      region.y % down === 0 &&
      region.width === Math.min(across, picture.width - region.x) &&
      region.height === Math.min(down, picture.height - region.y);
    if (!isCell) return [];
    const [column, row] = [region.x / across, region.y / down];
    const held = sizeAt(picture, pyramid, level);
    const width = Math.min(Math.ceil(region.width / 2 ** level), held.width - column * pyramid.tile.width);
    const height = Math.min(Math.ceil(region.height / 2 ** level), held.height - row * pyramid.tile.height);
    return width > 0 && height > 0 ? [{ level, column, row, width, height }] : [];
  });
}

/** Whether a level is one tile, so that the whole picture in its size is sent as it is stored. */
export function isOneTile(size: Dimensions, { tile }: Pyramid): boolean {
  return size.width <= tile.width && size.height <= tile.height;
}
