import type { Catalogue } from '../catalogue/catalogue.ts';
import { pictureKey, type Picture } from '../picture.ts';
import type { FactStore } from './facts.ts';

/** Neighbours that are looked at, images of each, and how deep the first of them may lie. */
const NEIGHBOURS = 300;
const IMAGES = 3;
const DEEP = 3;

/**
 * The folder beside one that is gone which has its images: what is known of images is kept by their states and where they
 * lie, and a folder that gets another name leaves its files as they are.
 * @returns its path; `undefined` where none looks like it, or nothing was known of the images
 * @throws ImagesUnavailable, StoreUnavailable
 */
export async function findRenamed(
  catalogue: Pick<Catalogue, 'folder' | 'files'>,
  facts: Pick<FactStore, 'load'>,
  gone: readonly string[],
): Promise<readonly string[] | undefined> {
  const above = gone.slice(0, -1);
  const neighbours = (await catalogue.folder(above))?.folders.slice(0, NEIGHBOURS) ?? [];
  const candidates = new Map<string, readonly string[]>();
  for (const name of neighbours) {
    const path = [...above, name];
    for (const { state, real } of await someImages(catalogue, path, DEEP))
      candidates.set(pictureKey({ state, real: [...gone, ...real.slice(path.length)] }), path);
  }
  if (candidates.size === 0) return undefined;
  const [known] = (await facts.load([...candidates.keys()])).keys();
  return known === undefined ? undefined : candidates.get(known);
}

async function someImages(
  catalogue: Pick<Catalogue, 'folder' | 'files'>,
  path: readonly string[],
  deep: number,
): Promise<readonly Picture[]> {
  const folder = await catalogue.folder(path);
  if (!folder) return [];
  for await (const part of catalogue.files({ ...folder, images: folder.images.slice(0, IMAGES) })) return part;
  const [first] = folder.folders;
  return first === undefined || deep === 0 ? [] : someImages(catalogue, [...path, first], deep - 1);
}
