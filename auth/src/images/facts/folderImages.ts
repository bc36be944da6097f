import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Dimensions } from '../../iiif/geometry.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { ImagesGone } from '../catalogue/disk.ts';
import type { Folder } from '../catalogue/listing.ts';
import type { FolderCensus, Unserved } from '../census/census.ts';
import type { Picture } from '../picture.ts';
import type { Wish } from '../pyramids/client.ts';
import type { Keyed, KnownFacts } from './knownFacts.ts';
import { WRONG_NAME, type UnservedLog } from './unservedLog.ts';

/** Questions for folders at a time, of some hundred files each. */
const AT_ONCE = 4;
/** Milliseconds in which it is not said again that a folder is looked at, and folders that this is known of. */
const WISHED_FOR = 60_000;
const WISHES = 1000;
/** Images of a folder that this is said of: those that are looked at first. The others are made in their turn. */
const WISHED_AT_MOST = 2000;

/** An image of a folder: its size in pixels, its path as named, and the one where it really lies. */
export type FolderImage = Dimensions & Pick<Picture, 'path' | 'real'>;

/** A file of several pages, which is a folder of them. */
export type FolderDocument = Pick<Picture, 'path' | 'real'>;

/** Files that often have several pages. TIFF files seldom do, and there are many: of these it is known when they were seen. */
const OFTEN_SEVERAL = /\.(?:pdf|gif|webp|hei[cf]|avif)$/i;

/** The images of folders that are served. They are read in parts, so that large folders take little memory. */
export class FolderImages {
  readonly #catalogue: Catalogue;
  readonly #known: KnownFacts;
  readonly #unserved: UnservedLog;
  readonly #queue = pLimit(AT_ONCE);
  /** For what nobody waits for. */
  readonly #wishQueue = pLimit(1);
  readonly #wished = new LRUCache<string, true>({ max: WISHES, ttl: WISHED_FOR });

  constructor(catalogue: Catalogue, known: KnownFacts, unserved: UnservedLog) {
    this.#catalogue = catalogue;
    this.#known = known;
    this.#unserved = unserved;
  }

  /**
   * The images of a folder that are served, in its order; the others are named in the log. Their pyramids are made soon.
   * @throws ImagesUnavailable
   */
  async of(folder: Folder): Promise<readonly FolderImage[]> {
    this.#unserved.folder(folder);
    const place = folder.real.join('/');
    let wishes = this.#wished.has(place) ? 0 : WISHED_AT_MOST;
    this.#wished.set(place, true);
    const images: FolderImage[] = [];
    for await (const { part, unknown } of this.#parts(folder)) {
      await this.#ask(unknown, 'folder');
      if (wishes > 0) this.#wish(part.filter((image) => !unknown.includes(image)));
      wishes -= part.length;
      for (const image of part) {
        const pages = this.#known.pages(image);
        if (pages?.length !== 1) continue;
        const { path, real } = image.file;
        images.push({ path, real, width: pages[0].width, height: pages[0].height });
      }
    }
    return images;
  }

  /**
   * Whether any image of a folder is served: as soon as one is found, no other is looked at; mostly it is the first.
   * @throws ImagesUnavailable
   */
  async any(folder: Folder): Promise<boolean> {
    const isServed = (image: Keyed): boolean => this.#known.pages(image)?.length === 1;
    for await (const { part, unknown } of this.#parts(folder)) {
      if (part.some(isServed)) return true;
      for (const some of [unknown.slice(0, 1), unknown.slice(1)]) {
        await this.#ask(some, 'none');
        if (some.some(isServed)) return true;
      }
    }
    return false;
  }

  /** The files of a folder that have several pages, in its order. @throws ImagesUnavailable */
  async documents(folder: Folder): Promise<readonly FolderDocument[]> {
    const several = this.#known.severalIn(folder.real);
    const images = folder.images.filter((name) => OFTEN_SEVERAL.test(name) || several.has(name));
    const documents: FolderDocument[] = [];
    for await (const { part, unknown } of this.#parts({ ...folder, images })) {
      await this.#ask(unknown, 'none');
      for (const image of part) {
        const { path, real } = image.file;
        if ((this.#known.pages(image)?.length ?? 0) > 1) documents.push({ path, real });
      }
    }
    return documents;
  }

  /** The pages of a file, as images in a folder of its name; none where it has not several. @throws ImagesUnavailable */
  async pagesOf(file: Picture): Promise<readonly FolderImage[]> {
    const image = this.#known.keyed(file);
    await this.#ask(await this.#known.unknown([image]), 'folder');
    const pages = this.#known.pages(image) ?? [];
    if (pages.length < 2) return [];
    return pages.map(({ width, height }, index) => {
      return { path: [...file.path, String(index + 1)], real: file.real, width, height };
    });
  }

  /**
   * Asks about all files of a folder, so that those that are not served are named, and the pyramids of the others are made
   * as `wish` says. `undefined` where nobody answers.
   */
  async survey(folder: Folder, wish: Wish): Promise<FolderCensus | undefined> {
    this.#unserved.folder(folder);
    const place = folder.real.join('/');
    const unserved: Unserved[] = folder.passedOver.map((name) => ({ file: below(place, name), ...WRONG_NAME }));
    let pictures = 0;
    for await (const files of this.#catalogue.files(folder)) {
      const part = files.map((file) => this.#known.keyed(file));
      const found = await this.#known.survey(part, wish);
      if ('kind' in found) return undefined;
      pictures += found.pages;
      for (const image of part) {
        const why = this.#known.unservable(image);
        if (why) unserved.push({ file: image.file.real.join('/'), reason: why.reason, remedy: why.remedy });
      }
    }
    return { folder: place, pictures, unserved };
  }

  async *#parts(folder: Folder) {
    for await (const files of this.#catalogue.files(folder)) {
      const part = files.map((file) => this.#known.keyed(file));
      yield { part, unknown: await this.#known.unknown(part) };
    }
  }

  /** What is known waits for nobody, also where others wait long for an answer. */
  async #ask(images: readonly Keyed[], wish: Wish): Promise<void> {
    if (images.length === 0) return;
    const silent = await this.#queue(() => this.#known.ask(images, wish));
    // Said in the log once, by the client.
    if (silent) throw new ImagesGone(`pyramids does not answer: ${silent.reason}`);
  }

  /** Nobody waits for it: what is known already may still have to be made. */
  #wish(images: readonly Keyed[]): void {
    if (images.length > 0) void this.#wishQueue(() => this.#known.ask(images, 'folder'));
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
