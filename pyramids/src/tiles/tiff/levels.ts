import type { Dimensions } from '../../shared/dimensions.ts';
import { Malformed, type Bytes } from '../bytes.ts';
import { readDirectory, readStart, type Directory } from './directory.ts';
import { readLevel, type Level } from './level.ts';
import { valuesOf } from './list.ts';
import { sizeOf, TAG, valueOf, type Tiff } from './tags.ts';

/** Directories looked at: a pyramid has a dozen. */
const MOST_DIRECTORIES = 40;
/** Bits of `subfile`, and the value of the tag that was there before it. */
const REDUCED = 1;
const MASK = 4;
const OLD_REDUCED = 2;

/**
 * The first picture of a TIFF or BigTIFF and its smaller versions, the largest first: those in the directories that
 * follow, else those in the directories below the first one. Throws `Malformed`.
 */
export async function readLevels(file: Bytes): Promise<readonly Level[]> {
  const { layout, first } = await readStart(file);
  const tiff = { file, layout };
  const chain = await readChain(tiff, first);
  const [main] = chain;
  if (!main) throw new Malformed('it holds no picture');
  const following = await versionsOf(tiff, main, chain.slice(1));
  const directories = following.length > 1 ? following : await versionsOf(tiff, main, await below(tiff, main));
  return Promise.all(directories.map((directory) => readLevel(tiff, directory)));
}

async function readChain({ file, layout }: Tiff, first: number): Promise<readonly Directory[]> {
  const directories: Directory[] = [];
  const seen = new Set<number>();
  for (let at = first; at !== 0 && directories.length < MOST_DIRECTORIES; at = directories.at(-1)?.next ?? 0) {
    if (seen.has(at)) throw new Malformed('its directories go round in a circle');
    seen.add(at);
    directories.push(await readDirectory(file, at, layout));
  }
  return directories;
}

async function below({ file, layout }: Tiff, main: Directory): Promise<readonly Directory[]> {
  const field = main.fields.get(TAG.subDirectories);
  const places = field ? await valuesOf(file, field, layout, MOST_DIRECTORIES) : [];
  return Promise.all(places.map((at) => readDirectory(file, at, layout)));
}

/** The picture, and of the other directories those that are smaller versions of it, each of the one before. */
async function versionsOf(tiff: Tiff, main: Directory, others: readonly Directory[]) {
  const versions = [main];
  let before = await sizeOf(tiff, main);
  for (const directory of others) {
    const size = await sizeOf(tiff, directory);
    if (!(await isSmallerVersion(tiff, directory, size, before))) continue;
    versions.push(directory);
    before = size;
  }
  return versions;
}

/** Whether it says so, or is half as wide and half as high: ImageMagick's pyramids call their levels pages. A mask is none. */
async function isSmallerVersion(tiff: Tiff, directory: Directory, size: Dimensions, before: Dimensions) {
  const { width, height } = size;
  const subfile = await valueOf(tiff, directory, TAG.subfile, 0);
  if ((subfile & MASK) !== 0 || width * height === before.width * before.height) return false;
  if (isHalf(width, before.width) && isHalf(height, before.height)) return true;
  const saysSo = (subfile & REDUCED) !== 0 || (await valueOf(tiff, directory, TAG.oldSubfile, 0)) === OLD_REDUCED;
  return saysSo && width <= before.width && height <= before.height;
}

function isHalf(length: number, of: number): boolean {
  return length === Math.floor(of / 2) || length === Math.ceil(of / 2);
}
