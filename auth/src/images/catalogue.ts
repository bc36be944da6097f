import type { Dirent, Stats } from 'node:fs';
import { lstat, opendir, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { isSafeName } from '../iiif/identifier.ts';
import { extensionOf, naturally } from './names.ts';
import { Together } from './together.ts';

/** A file below `IMAGE_DIR` that the image server in use reads by its extension. */
export type ImageFile = {
  readonly kind: 'file';
  /** Parts of the path that identifies it below `IMAGE_DIR`, with the extension. */
  readonly path: readonly string[];
  /** Parts of the path where it really lies: the same but for links. It is what is judged, so a link gives no right. */
  readonly real: readonly string[];
  readonly modified: number;
  /** Bytes. */
  readonly length: number;
};

export type Folder = {
  readonly kind: 'folder';
  readonly path: readonly string[];
  /** Where it really lies, as for a file. */
  readonly real: readonly string[];
  /** Names, in natural order. */
  readonly images: readonly string[];
  readonly folders: readonly string[];
  /** Names of images that are not served, for the log. */
  readonly passedOver: readonly string[];
};

export type Lookup = ImageFile | { readonly kind: 'missing'; readonly message: string };

/** Extensions of pictures: worth a word in the log where they are not served. Other files are none of our business. */
const PICTURES = new Set('bmp dng gif j2k jp2 jpeg jpf jpg jpx png ptif svg tif tiff webp'.split(' '));
/** A file that was found is not looked for again for this long, in milliseconds: tiles of one image come by the dozen. */
const BELIEVED_FOR = 1000;
/** Folders listed at a time: each may be of a hundred thousand names. */
const LISTED_AT_ONCE = 16;
/** Files of a folder looked at together: ten thousand at once take memory, not less time. */
const PART = 200;

/** What lies below `IMAGE_DIR`. Nothing outside of it is ever named: a link that leads out is not there. */
export class Catalogue {
  readonly #root: string;
  readonly #reads: ReadonlySet<string>;
  readonly #found = new LRUCache<string, Promise<Lookup>>({ max: 5000, ttl: BELIEVED_FOR });
  /** Few: a listing may be of a hundred thousand names. */
  readonly #listings = new LRUCache<string, Promise<Folder | undefined>>({ max: 20, ttl: BELIEVED_FOR });
  readonly #listing = new Together<Folder | undefined>();
  readonly #queue = pLimit(LISTED_AT_ONCE);

  /** `reads`: extensions, lower case, of the files that the image server reads. */
  constructor(root: string, reads: readonly string[]) {
    this.#root = root;
    this.#reads = new Set(reads);
  }

  /** The one file that `path` names; its extension may be left out where that names one file only. */
  find(path: readonly string[]): Promise<Lookup> {
    const key = path.join('/');
    const known = this.#found.get(key);
    if (known) return known;
    const looking = this.#look(path);
    this.#found.set(key, looking);
    looking.catch(() => this.#found.delete(key));
    return looking;
  }

  /** The folder that `path` names, or `undefined`; the empty path is the root. One level, not what lies below. */
  folder(path: readonly string[]): Promise<Folder | undefined> {
    return this.#listing.do(path.join('/'), () => this.#queue(() => this.#list(path)));
  }

  async #list(path: readonly string[]): Promise<Folder | undefined> {
    const inside = await this.#inside(path);
    if (inside === undefined) return undefined;
    const entries = await ifThere(readdir(inside.absolute, { withFileTypes: true }));
    if (!entries) return undefined;
    const folder = { images: [] as string[], folders: [] as string[], passedOver: [] as string[] };
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const kind = await this.#kindOf(path, entry);
      if (kind === 'folder') folder.folders.push(entry.name);
      else if (kind === 'image') folder.images.push(entry.name);
      else if (kind === 'passed over') folder.passedOver.push(entry.name);
    }
    return {
      kind: 'folder',
      path,
      real: inside.real,
      images: folder.images.sort(naturally),
      folders: folder.folders.sort(naturally),
      passedOver: folder.passedOver,
    };
  }

  /** The images of a listed folder with their states, in its order and in parts; what vanished since is left out. */
  async *files(folder: Folder): AsyncGenerator<readonly ImageFile[], void> {
    const inside = await this.#inside(folder.path);
    if (inside === undefined) return;
    for (let from = 0; from < folder.images.length; from += PART) {
      const files = await Promise.all(
        folder.images.slice(from, from + PART).map(async (name) => {
          const path = [...folder.path, name];
          const place = { absolute: join(inside.absolute, name), real: [...inside.real, name] };
          const stats = await ifThere(lstat(place.absolute));
          return stats?.isSymbolicLink() ? this.#file(path) : stats && fileFrom(path, place, stats);
        }),
      );
      yield files.filter((file) => file !== undefined);
    }
  }

  /** Whether there is any image; `undefined` where so many names (links may go round in circles) were not enough to know. */
  async hasImages(enough: number): Promise<boolean | undefined> {
    const folders: string[][] = [[]];
    let names = 0;
    for (const path of folders) {
      const inside = await this.#inside(path);
      const entries = inside && (await ifThere(opendir(inside.absolute)));
      for await (const entry of entries ?? []) {
        if (++names > enough) return undefined;
        if (entry.name.startsWith('.')) continue;
        const kind = await this.#kindOf(path, entry);
        if (kind === 'image') return true;
        if (kind === 'folder') folders.push([...path, entry.name]);
      }
    }
    return false;
  }

  /** Path of a file for messages and the log. */
  describe(path: readonly string[]): string {
    return join(this.#root, ...path);
  }

  async #look(path: readonly string[]): Promise<Lookup> {
    const exact = await this.#file(path);
    if (exact) {
      if (this.#reads.has(extensionOf(path.at(-1) ?? ''))) return exact;
      return { kind: 'missing', message: 'The image server in use here does not read files of this kind.' };
    }
    const name = path.at(-1) ?? '';
    const folder = await this.#believed(path.slice(0, -1));
    const candidates = folder?.images.filter((image) => image.slice(0, image.lastIndexOf('.')) === name) ?? [];
    const only = candidates.length === 1 ? candidates[0] : undefined;
    if (only !== undefined) {
      return (await this.#file([...path.slice(0, -1), only])) ?? missing;
    }
    return candidates.length > 1
      ? { kind: 'missing', message: `The identifier names ${candidates.length} images: ${candidates.join(', ')}.` }
      : missing;
  }

  /** A folder, listed once for many that look into it: anybody may ask for names that are not there, and long lists cost. */
  #believed(path: readonly string[]): Promise<Folder | undefined> {
    const key = path.join('/');
    const known = this.#listings.get(key);
    if (known) return known;
    const listing = this.folder(path);
    this.#listings.set(key, listing);
    listing.catch(() => this.#listings.delete(key));
    return listing;
  }

  async #file(path: readonly string[]): Promise<ImageFile | undefined> {
    const inside = await this.#inside(path);
    const stats = inside && (await ifThere(stat(inside.absolute)));
    return inside && stats && fileFrom(path, inside, stats);
  }

  /** Where `path` really is, if that is inside the root and could have been named itself. */
  async #inside(path: readonly string[]): Promise<Place | undefined> {
    const root = await ifThere(realpath(this.#root));
    // A share that is not mounted must not look like a folder without images.
    if (root === undefined) throw new ImagesUnavailable(`IMAGE_DIR ${this.#root} is not there`);
    const absolute = await ifThere(realpath(join(this.#root, ...path)));
    if (absolute === undefined) return undefined;
    const real = relative(root, absolute).split(sep).filter(Boolean);
    return real.every(isSafeName) ? { absolute, real } : undefined;
  }

  async #kindOf(path: readonly string[], entry: Dirent): Promise<'folder' | 'image' | 'passed over' | 'other'> {
    const kind = entry.isSymbolicLink() ? await this.#kindOfLink([...path, entry.name]) : direct(entry);
    if (kind === 'other') return 'other';
    if (kind === 'folder') return isSafeName(entry.name) ? 'folder' : 'passed over';
    const extension = extensionOf(entry.name);
    if (!PICTURES.has(extension)) return 'other';
    return this.#reads.has(extension) && isSafeName(entry.name) ? 'image' : 'passed over';
  }

  async #kindOfLink(path: readonly string[]): Promise<'folder' | 'file' | 'other'> {
    const inside = await this.#inside(path);
    const stats = inside === undefined ? undefined : await ifThere(stat(inside.absolute));
    return stats ? direct(stats) : 'other';
  }
}

type Place = { readonly absolute: string; readonly real: readonly string[] };

const missing: Lookup = { kind: 'missing', message: 'There is no image of this identifier.' };

/** The folder of images cannot be read at all. A broken dependency, so an exception; `web/` answers 503. */
export class ImagesUnavailable extends Error {
  override readonly name = 'ImagesUnavailable';
}

/** What says that there is nothing for us at a path; every other failure is one of the disk, or of the share. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'EPERM']);

async function ifThere<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new ImagesUnavailable('IMAGE_DIR cannot be read', { cause: error });
  }
}

function fileFrom(path: readonly string[], { real }: Place, stats: Stats): ImageFile | undefined {
  if (!stats.isFile()) return undefined;
  return { kind: 'file', path, real, modified: Math.trunc(stats.mtimeMs), length: stats.size };
}

function direct(entry: { isDirectory(): boolean; isFile(): boolean }): 'folder' | 'file' | 'other' {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}
