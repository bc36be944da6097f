import { LRUCache } from 'lru-cache';
import { SingleFlight } from '../../shared/singleFlight.ts';
import type { Picture } from '../picture.ts';
import type { Folder, Listing } from './listing.ts';
import { isNamedPicture } from './names.ts';

export type Lookup = Picture | { readonly kind: 'missing'; readonly message: string };

/** Milliseconds that the images of a folder stay cached by their names without extension. */
const CACHED_FOR = 1000;
/** Folders that are cached so. Few: each may be of a hundred thousand names. */
const CACHED = 20;

/** The images of a folder by their names without extension. */
type Stems = ReadonlyMap<string, readonly string[]>;

/**
 * Finds the file that an identifier names, or a page of it; the extension of a file may be left out where that names one
 * file only.
 */
export class FileLookup {
  readonly #listing: Listing;
  readonly #folder: (path: readonly string[]) => Promise<Folder | undefined>;
  readonly #stems = new LRUCache<string, Stems>({ max: CACHED, ttl: CACHED_FOR });
  readonly #underWay = new SingleFlight<Stems>();

  /** `folder`: lists a folder. */
  constructor(listing: Listing, folder: (path: readonly string[]) => Promise<Folder | undefined>) {
    this.#listing = listing;
    this.#folder = folder;
  }

  /** @throws ImagesUnavailable */
  async find(path: readonly string[]): Promise<Lookup> {
    const [folder, name = ''] = [path.slice(0, -1), path.at(-1)];
    const exact = await this.#listing.file(path);
    if (exact) return isNamedPicture(name) ? exact : MISSING;
    const page = pageOf(name);
    if (page !== undefined && isNamedPicture(folder.at(-1) ?? '')) {
      const file = await this.#listing.file(folder);
      if (file) return { ...file, path, page };
    }
    const [only, ...others] = (await this.#stemsOf(folder)).get(name) ?? [];
    if (only === undefined) return MISSING;
    if (others.length > 0) return ambiguous([only, ...others]);
    return (await this.#listing.file([...folder, only])) ?? MISSING;
  }

  /** Found out once for many requests: anybody may ask for names that are not there, and long lists take time. */
  async #stemsOf(path: readonly string[]): Promise<Stems> {
    const key = path.join('/');
    const cached = this.#stems.get(key);
    if (cached) return cached;
    return this.#underWay.do(key, async () => {
      const stems = stemsOf((await this.#folder(path))?.images ?? []);
      this.#stems.set(key, stems); // cached from now on, not from when the listing began
      return stems;
    });
  }
}

function stemsOf(images: readonly string[]): Stems {
  return Map.groupBy(images, (image) => image.slice(0, image.lastIndexOf('.')));
}

const MISSING: Lookup = { kind: 'missing', message: 'There is no image of this identifier.' };

/** The number of a page, from 1: below a file of several pages. */
function pageOf(name: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(name) ? Number(name) : undefined;
}

function ambiguous(names: readonly string[]): Lookup {
  return { kind: 'missing', message: `The identifier names ${names.length} images: ${names.join(', ')}.` };
}
