import type { RuleTree } from '../access/ruleTree.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';

/** For how many images the rule of a place decides, in how many folders; `more`: there was no time to count them all. */
export type Reach = { readonly images: number; readonly folders: number; readonly more: boolean };

/**
 * Counts the images at a path and below, as far as no closer rule decides on them. Links are not followed: what they lead
 * to lies elsewhere.
 * @param rules with a rule for the path itself
 * @param milliseconds after which it stops counting
 * @throws ImagesUnavailable
 */
export async function reachOf(
  path: readonly string[],
  rules: RuleTree,
  catalogue: Pick<Catalogue, 'folder' | 'find'>,
  milliseconds: number,
): Promise<Reach> {
  const end = performance.now() + milliseconds;
  const [decides] = rules.at(path);
  const isDecided = (at: readonly string[]): boolean => rules.at(at)[0] === decides;
  const waiting: (readonly string[])[] = [path];
  let [images, folders] = [0, 0];
  for (const at of waiting) {
    if (performance.now() > end) return { images, folders, more: true };
    const folder = await catalogue.folder(at);
    if (folder?.real.join('/') !== at.join('/')) continue;
    const here = folder.images.filter((name) => isDecided([...at, name])).length;
    images += here;
    folders += here > 0 ? 1 : 0;
    for (const name of folder.folders) if (isDecided([...at, name])) waiting.push([...at, name]);
  }
  if (images === 0 && (await catalogue.find(path)).kind === 'file') return { images: 1, folders: 0, more: false };
  return { images, folders, more: false };
}
