import { setTimeout as wait } from 'node:timers/promises';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Folder } from '../catalogue/listing.ts';
import type { Census } from '../census/census.ts';
import type { Wish } from '../pyramids/client.ts';
import type { FolderImages } from './folderImages.ts';

/** Folders looked into: far more than anybody has, and an end where links make ever new ones. */
const MOST_FOLDERS = 100_000;
/** Milliseconds until pyramids is asked again where it does not answer. */
const PAUSE = 3000;
/** Milliseconds between two surveys; more where one takes long, so that the disk is left in peace. */
const SHORTEST_REST = 10 * 60_000;
const TIMES_AS_LONG = 20;

/**
 * Looks at every picture below IMAGE_DIR, again and again: what is not served is named before anybody misses it, and
 * pyramids are made of all the others. `failed` is told where the disk cannot be read; it is tried again.
 */
export async function surveys(
  catalogue: Catalogue,
  folderImages: FolderImages,
  census: Census,
  { isOver, failed }: { readonly isOver: () => boolean; readonly failed: (error: unknown) => void },
): Promise<void> {
  while (!isOver()) {
    const begun = performance.now();
    await survey(catalogue, folderImages, census, { isOver, wish: 'sweep' }).catch(failed);
    const rest = Math.max(SHORTEST_REST, TIMES_AS_LONG * (performance.now() - begun));
    await wait(rest, undefined, { ref: false });
  }
}

/** What a survey looks at. */
export type SurveyOptions = {
  readonly isOver: () => boolean;
  /** What is made of what it finds. */
  readonly wish: Wish;
  /** The folder to begin with; `IMAGE_DIR` if left out. */
  readonly from?: readonly string[];
};

/** One survey. Throws `ImagesUnavailable`. */
export async function survey(
  catalogue: Catalogue,
  folderImages: FolderImages,
  census: Census,
  { isOver, wish, from = [] }: SurveyOptions,
): Promise<void> {
  census.begin();
  const seen = new Set<string>();
  const waiting: (readonly string[])[] = [from];
  for (let path = waiting.pop(); path && !isOver() && seen.size < MOST_FOLDERS; path = waiting.pop()) {
    const above = path;
    const folder = await catalogue.folder(above);
    const real = folder?.real.join('/');
    if (!folder || real === undefined || seen.has(real)) continue;
    seen.add(real);
    const found = await surveyed(folder, folderImages, { isOver, wish });
    if (found === undefined) return;
    census.note(found);
    for (const name of folder.folders.toReversed()) waiting.push([...above, name]);
  }
  if (!isOver()) census.end();
}

/** Asks again until there is an answer; `undefined` when it is over. */
async function surveyed(folder: Folder, folderImages: FolderImages, { isOver, wish }: SurveyOptions) {
  while (!isOver()) {
    const found = await folderImages.survey(folder, wish);
    if (found) return found;
    await wait(PAUSE, undefined, { ref: false });
  }
  return undefined;
}
