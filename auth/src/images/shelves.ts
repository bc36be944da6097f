import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { formatIdentifier, parseIdentifier } from '../iiif/identifier.ts';
import { PRESENTATION_3_CONTEXT } from '../iiif/names.ts';
import { good, type Parsed } from '../iiif/parsed.ts';
import type { FolderMember } from '../iiif/folder.ts';
import type { Catalogue, Folder } from './catalogue.ts';
import type { FolderImage, Library } from './library.ts';
import { Together } from './together.ts';

/** Parts of the path that identifies it, and of the one where it really lies. */
type Place = Pick<Folder, 'path' | 'real'>;

export type Shelf =
  | (Place & { readonly kind: 'manifest'; readonly images: readonly FolderImage[] })
  | (Place & { readonly kind: 'collection'; readonly members: readonly FolderMember[] })
  | { readonly kind: 'handmade'; readonly json: string }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'unavailable'; readonly message: string };

type Outline = Pick<Folder, 'real' | 'folders'> & { readonly holdsImages: boolean };

/**
 * The images that lie in the root folder itself, beside other folders: the root is a collection then, and its own
 * images are one manifest in it. As an identifier: `!`.
 */
const ROOTS_OWN: readonly string[] = ['', ''];
const ROOT_FILE = '_root';
/** Folders looked into at a time, to see what they are. */
const AT_ONCE = 8;

/** The folders as manifests and collections. A file made by hand comes before what would be made from the folder. */
export class Shelves {
  readonly #catalogue: Catalogue;
  readonly #library: Library;
  readonly #handmade: string | undefined;
  /** Who asks makes no difference to what is on a shelf; what they may see of it is decided elsewhere. */
  readonly #reading = new Together<Shelf>();

  /** `handmade`: the folder `MANIFEST_DIR`. */
  constructor(catalogue: Catalogue, library: Library, handmade: string | undefined) {
    this.#catalogue = catalogue;
    this.#library = library;
    this.#handmade = handmade;
  }

  /** Reads the identifier of a manifest; other than an image's it may be empty. */
  parse(rawIdentifier: string): Parsed<readonly string[]> {
    if (rawIdentifier === '') return good([]);
    if (rawIdentifier === formatIdentifier(ROOTS_OWN)) return good(ROOTS_OWN);
    return parseIdentifier(rawIdentifier);
  }

  /** What is on the shelf of this path; a file made by hand counts in the version of the Presentation API it is of. */
  async contents(path: readonly string[], version: 2 | 3): Promise<Shelf> {
    const byHand = await this.#readHandmade(path, version);
    if (byHand) return byHand;
    return this.#reading.do(path.join('/'), () => this.#read(path));
  }

  async #read(path: readonly string[]): Promise<Shelf> {
    const own = path === ROOTS_OWN;
    const folder = await this.#catalogue.folder(own ? [] : path);
    if (!folder) return missing('There is no folder of this identifier.');
    const isRoot = path.length === 0;
    if (folder.images.length > 0 && !(isRoot && folder.folders.length > 0)) return this.#manifest(path, folder);
    if (own || (folder.folders.length === 0 && !isRoot)) {
      this.#library.namePassedOver(folder);
      return missing('The folder of this identifier holds no images.');
    }
    return { kind: 'collection', path, real: folder.real, members: await this.#members(folder) };
  }

  async #manifest(path: readonly string[], folder: Folder): Promise<Shelf> {
    const images = await this.#library.folderImages(folder);
    if (images === 'unavailable') {
      return { kind: 'unavailable', message: 'The image server does not answer. Try again in a moment.' };
    }
    return images.length > 0
      ? { kind: 'manifest', path, real: folder.real, images }
      : missing('The folder of this identifier holds no images that can be read; the log names them.');
  }

  /** A folder that holds images and folders is a manifest; its folders are listed beside it. */
  async #members(folder: Folder): Promise<FolderMember[]> {
    this.#library.namePassedOver(folder);
    const limit = pLimit(AT_ONCE);
    const members = await Promise.all(
      folder.folders.map((name) => this.#memberAndInner([...folder.path, name], [folder.real], limit)),
    );
    const own: FolderMember[] =
      folder.images.length > 0 ? [{ kind: 'manifest', path: ROOTS_OWN, label: 'Images outside of any folder' }] : [];
    return [...own, ...members.flat()];
  }

  /** `above`: where the folders really lie that were come through. A link back into one of them would never end. */
  async #memberAndInner(
    path: readonly string[],
    above: readonly (readonly string[])[],
    limit: ReturnType<typeof pLimit>,
  ): Promise<FolderMember[]> {
    const found = await limit(() => this.#outline(path));
    const label = path.at(-1) ?? '';
    if (!found || above.some((real) => real.join('/') === found.real.join('/'))) return [];
    if (!found.holdsImages) return found.folders.length > 0 ? [{ kind: 'collection', path, label }] : [];
    const inner = await Promise.all(
      found.folders.map((name) => this.#memberAndInner([...path, name], [...above, found.real], limit)),
    );
    return [{ kind: 'manifest', path, label }, ...inner.flat()];
  }

  /** Without the names of the images, which would all be in memory until the whole collection is known. */
  async #outline(path: readonly string[]): Promise<Outline | undefined> {
    const folder = await this.#catalogue.folder(path);
    return folder && { real: folder.real, folders: folder.folders, holdsImages: folder.images.length > 0 };
  }

  async #readHandmade(path: readonly string[], version: 2 | 3): Promise<Shelf | undefined> {
    if (this.#handmade === undefined || path === ROOTS_OWN) return undefined;
    const file = join(this.#handmade, `${path.length === 0 ? ROOT_FILE : path.join('!')}.json`);
    let json: string;
    try {
      json = (await readFile(file, 'utf8')).replace(/^\uFEFF/, ''); // editors of Windows begin a file with it
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENAMETOOLONG') return undefined;
      return this.#spoilt(file, String(code));
    }
    try {
      JSON.parse(json);
    } catch (error) {
      return this.#spoilt(file, String(error));
    }
    return versionOf(json) === version ? { kind: 'handmade', json } : undefined;
  }

  #spoilt(file: string, reason: string): Shelf {
    this.#library.nameOnce(file, `${file} cannot be served: ${reason}`);
    return { kind: 'unreadable', message: 'The manifest made by hand cannot be read; the log names it.' };
  }
}

function versionOf(json: string): 2 | 3 {
  return json.includes(PRESENTATION_3_CONTEXT) ? 3 : 2;
}

function missing(message: string): Shelf {
  return { kind: 'missing', message };
}
