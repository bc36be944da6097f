import pLimit from 'p-limit';
import { systemClock, type Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { ShortCache } from '../../shared/shortCache.ts';
import { SingleFlight } from '../../shared/singleFlight.ts';
import type { Picture } from '../picture.ts';
import { ImagesUnavailable, localDisk, type Disk } from './disk.ts';
import { Entries } from './entries.ts';
import { Listing, type Folder } from './listing.ts';
import { FileLookup, type Lookup } from './lookup.ts';
import { Paths } from './paths.ts';

/** A file that was found is not looked for again for this long, in milliseconds: tiles of one image come by the dozen. */
const CACHED_FOR = 1000;
/** Folders listed at a time: each may be of a hundred thousand names. */
const LISTED_AT_ONCE = 16;

/** What a test may put in another's place. */
export type CatalogueOptions = {
  readonly disk?: Disk;
  /** For what is said of a disk or share that is gone; nothing is said where it is left out. */
  readonly log?: Pick<Log, 'info' | 'warn'>;
  /** Compared with the times of folders. */
  readonly now?: Clock;
};

const silent = { info: () => undefined, warn: () => undefined };

/** What lies below `IMAGE_DIR`, for many requests at a time: the one door to it. */
export class Catalogue {
  readonly #paths: Paths;
  readonly #listing: Listing;
  readonly #lookup: FileLookup;
  readonly #found = new ShortCache<Lookup>({ milliseconds: CACHED_FOR, entries: 5000 });
  readonly #listingNow = new SingleFlight<Folder | undefined>();
  readonly #queue = pLimit(LISTED_AT_ONCE);

  constructor(root: string, { disk = localDisk, log = silent, now = systemClock }: CatalogueOptions = {}) {
    this.#paths = new Paths(root, { disk, log, now });
    this.#listing = new Listing(this.#paths, disk, new Entries(this.#paths, disk));
    this.#lookup = new FileLookup(this.#listing, (path) => this.folder(path));
  }

  /** The one file that `path` names; its extension may be left out. @throws ImagesUnavailable */
  find(path: readonly string[]): Promise<Lookup> {
    return this.#found.once(path.join('/'), () => this.#lookup.find(path));
  }

  /**
   * The folder that `path` names, or `undefined`; the empty path is the root. One level, not what lies below.
   * @throws ImagesUnavailable
   */
  folder(path: readonly string[]): Promise<Folder | undefined> {
    return this.#listingNow.do(path.join('/'), () => this.#queue(() => this.#listing.folder(path)));
  }

  /** The images of a listed folder with their states, in its order and in parts; what vanished since is left out. */
  files(folder: Folder): AsyncGenerator<readonly Picture[], void> {
    return this.#listing.files(folder);
  }

  /** Whether there is any image; `undefined` where so many names (links may go round in circles) were not enough to know. */
  hasImages(enough: number): Promise<boolean | undefined> {
    return this.#listing.hasImages(enough);
  }

  /** Where something really lies that is spelled as it is stored; `undefined` where there is nothing. */
  async realOf(path: readonly string[]): Promise<readonly string[] | undefined> {
    return (await this.#paths.inside(path))?.real;
  }

  /** That there were images before, so that an empty folder is one that is not mounted. */
  expectImages(): void {
    this.#paths.expectImages();
  }

  /** Whether the folder of images is there, with something in it if there was before. */
  async isThere(): Promise<boolean> {
    return this.#paths.checkPresence().then(
      () => true,
      (error: unknown) => {
        if (error instanceof ImagesUnavailable) return false;
        throw error;
      },
    );
  }

  /** Path of a file for messages and the log. */
  describe(path: readonly string[]): string {
    return this.#paths.describe(path);
  }
}
