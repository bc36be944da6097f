import type { Dimensions } from '../shared/dimensions.ts';
import { readDirectory, type ByteLayout, type Directory } from './directory.ts';
import type { Profile, TiffHeader, TiffLevel, TiffPage } from './header.ts';
import { readProfile } from './profile.ts';
import { Excessive, Malformed, type ByteSource } from './source.ts';
import { readStart } from './tiffStart.ts';
import {
  isNoPage,
  isSmallerVersion,
  orientationIn,
  PLACE,
  placesBelow,
  shapeOf,
  sizeOf,
  tileOf,
  WANTED,
} from './tiffTags.ts';
import { isWhole } from './tiffTiles.ts';

/** Pictures in one file: more than any book has, and each may cost hours. */
export const MOST_PAGES = 5000;
/** A pyramid of the largest picture has fewer levels. */
const MOST_BELOW = 40;
/** Photometric interpretations of cameras: a mosaic of colours, and light as it was. */
const RAW = [32_803, 34_892];

/** A picture, and the directories of its smaller versions. */
type Group = {
  readonly index: number;
  readonly main: Directory;
  readonly levels: Directory[];
  readonly profile: Profile | undefined;
};

/** Reads the directories of a TIFF or BigTIFF in either order of bytes. Throws `Malformed`, `Excessive`. */
export async function readTiff(source: ByteSource): Promise<TiffHeader> {
  const { layout, first } = await readStart(source);
  const { groups, others } = await readChain(source, first, layout);
  const [only] = groups;
  if (!only) throw new Malformed('it holds no picture');
  if (groups.length === 1) {
    const below = await readBelow(source, only.main, layout);
    const page = await readPage(source, only, layout, below);
    const raw = only.main.places.has(PLACE.rawVersion) || [only.main, ...below].some(isRaw);
    return { format: 'tiff', big: layout.big, pages: [page], others, raw };
  }
  const pages = await inTurn(groups, (group) => readPage(source, group));
  return { format: 'tiff', big: layout.big, pages, others, raw: groups.some(({ main }) => isRaw(main)) };
}

/** Follows the chain of directories, and tells pages, their levels, and what is neither. */
async function readChain(
  source: ByteSource,
  first: number,
  layout: ByteLayout,
): Promise<{ groups: readonly Group[]; others: number }> {
  const groups: Group[] = [];
  const strays: Group[] = [];
  const seen = new Set<number>();
  for (let at = first, index = 0; at !== 0; index += 1) {
    if (seen.has(at)) throw new Malformed('its directories go round in a circle');
    seen.add(at);
    const directory = await readDirectory(source, at, layout, WANTED);
    const group = groups.at(-1);
    if (group && isSmallerVersion(directory, sizeOf(group.levels.at(-1) ?? group.main))) group.levels.push(directory);
    else {
      // It often lies near its directory: later that would have to be read once more.
      const profile = await profileIn(source, directory);
      (isNoPage(directory) ? strays : groups).push({ index, main: directory, levels: [], profile });
    }
    if (Math.max(groups.length, strays.length) > MOST_PAGES)
      throw new Excessive(`it holds more than ${MOST_PAGES} pages`);
    at = directory.next;
  }
  // A file of nothing but small versions is a small picture.
  return groups.length > 0
    ? { groups, others: strays.length }
    : { groups: strays.slice(0, 1), others: Math.max(0, strays.length - 1) };
}

async function readBelow(source: ByteSource, main: Directory, layout: ByteLayout): Promise<readonly Directory[]> {
  const below: Directory[] = [];
  for (const at of placesBelow(main).slice(0, MOST_BELOW)) below.push(await readDirectory(source, at, layout, WANTED));
  return below;
}

/** `layout`, `below`: given where the page is the only one, so that it may be fit as it is. */
async function readPage(
  source: ByteSource,
  { index, main, levels, profile }: Group,
  layout?: ByteLayout,
  below: readonly Directory[] = [],
): Promise<TiffPage> {
  const size = sizeOf(main);
  const shape = shapeOf(main);
  const level = async (directory: Directory): Promise<TiffLevel> => ({
    ...sizeOf(directory),
    tile: tileOf(directory),
    alike: JSON.stringify(shapeOf(directory)) === JSON.stringify(shape),
    whole: layout !== undefined && (await isWhole(source, directory, layout)),
  });
  return {
    ...size,
    ...shape,
    directory: index,
    orientation: orientationIn(main),
    profile,
    tile: tileOf(main),
    whole: layout !== undefined && (await isWhole(source, main, layout)),
    levels: await inTurn(levels, level),
    below: await inTurn(smallerOf(below, size), level),
  };
}

function smallerOf(below: readonly Directory[], size: Dimensions): Directory[] {
  const levels: Directory[] = [];
  for (const directory of below) {
    const last = levels.at(-1);
    if (isSmallerVersion(directory, last ? sizeOf(last) : size)) levels.push(directory);
  }
  return levels;
}

async function inTurn<Item, Result>(items: readonly Item[], step: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await step(item));
  return results;
}

function isRaw(directory: Directory): boolean {
  return RAW.includes(shapeOf(directory).photometric);
}

async function profileIn(source: ByteSource, { places }: Directory): Promise<Profile | undefined> {
  const place = places.get(PLACE.profile);
  return place && (await readProfile(source.part(place.at, place.count)));
}
