import type { Catalogue } from './catalogue.ts';
import { nearest } from './nearest.ts';

/** What a path in the settings names below `IMAGE_DIR`. */
export type NamedFolder =
  | { readonly kind: 'there' }
  /** A link, or something behind one: where it really lies. */
  | { readonly kind: 'elsewhere'; readonly real: readonly string[] }
  /** `missing`: as far as the part that is not there; `nearest`: a path that looks like it and is there. */
  | { readonly kind: 'nothing'; readonly missing: readonly string[]; readonly nearest: readonly string[] | undefined };

/** One for all: most are. */
const THERE: NamedFolder = Object.freeze({ kind: 'there' });

/** Names are the same whichever way their accents are stored, as rules have it. @throws ImagesUnavailable */
export async function findNamed(catalogue: Catalogue, path: readonly string[]): Promise<NamedFolder> {
  const real = (await catalogue.realOf(path)) ?? (await byAccents(catalogue, path));
  if ('kind' in real) return real;
  return isSamePath(real, path) ? THERE : { kind: 'elsewhere', real };
}

/** The same path in the spelling of the disk, found part by part. */
async function byAccents(catalogue: Catalogue, path: readonly string[]): Promise<readonly string[] | NamedFolder> {
  const found: string[] = [];
  for (const [depth, part] of path.entries()) {
    const folder = await catalogue.folder(found);
    const names = [...(folder?.folders ?? []), ...(folder?.images ?? [])];
    const stored = names.find((name) => name.normalize('NFC') === part.normalize('NFC'));
    if (stored === undefined) {
      const near = nearest(part, depth === path.length - 1 ? names : (folder?.folders ?? []));
      return {
        kind: 'nothing',
        missing: path.slice(0, depth + 1),
        nearest: near === undefined ? undefined : [...found, near],
      };
    }
    found.push(stored);
  }
  return (await catalogue.realOf(found)) ?? { kind: 'nothing', missing: path, nearest: undefined };
}

function isSamePath(one: readonly string[], other: readonly string[]): boolean {
  return one.join('/').normalize('NFC') === other.join('/').normalize('NFC');
}
