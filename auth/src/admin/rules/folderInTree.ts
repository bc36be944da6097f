import { partsOf } from '../../permissions/schema.ts';
import type { RulesInView } from './placeRules.ts';

/** Images of one folder that the tree draws; one of those behind them is opened by its path. */
const DRAWN = 20_000;

/** What the tree shows below one folder. */
export type FolderInTree = {
  readonly folders: readonly string[];
  readonly images: readonly string[];
  /** How many images there are beside those. */
  readonly more: number;
  /** Whether it has a rule of its own. */
  readonly here: boolean;
  /** Of these names those that have a rule of their own. */
  readonly own: readonly string[];
  /** Of these folders those in which something has a rule of its own. */
  readonly within: readonly string[];
  /** Names of rules for what is not there, in this folder. */
  readonly missing: readonly string[];
};

/** @returns `undefined` where there is no such folder. @throws ImagesUnavailable */
export async function folderInTree(
  place: string,
  { inForce, catalogue }: Pick<RulesInView, 'inForce' | 'catalogue'>,
): Promise<FolderInTree | undefined> {
  const path = partsOf(place);
  const folder = await catalogue.folder(path);
  if (!folder) return undefined;
  const places = inForce().rules.map(({ where }) => where);
  const { own, within } = marksBelow(path, places);
  const images = folder.images.slice(0, DRAWN);
  const there = new Set([...folder.folders, ...folder.images].map((name) => name.normalize('NFC')));
  const marked = (names: readonly string[], marks: ReadonlySet<string>) =>
    names.filter((name) => marks.has(name.normalize('NFC')));
  return {
    folders: folder.folders,
    images,
    more: folder.images.length - images.length,
    here: places.some((where) => where.length === path.length && isBelow(where, path)),
    own: marked([...folder.folders, ...images], own),
    within: marked(folder.folders, within),
    missing: [...own].filter((name) => !there.has(name)).sort(),
  };
}

/** The names one level below a path for which there is a rule, and those below which there is one. */
function marksBelow(path: readonly string[], places: readonly (readonly string[])[]) {
  const [own, within] = [new Set<string>(), new Set<string>()];
  for (const where of places) {
    const name = where[path.length]?.normalize('NFC');
    if (name === undefined || !isBelow(where, path)) continue;
    (where.length === path.length + 1 ? own : within).add(name);
  }
  return { own, within };
}

/** Whether a path leads through another, or to it. */
function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.every((part, index) => part === path[index] || part.normalize('NFC') === path[index]?.normalize('NFC'));
}
