import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/clock.ts';
import { SingleFlight } from '../../shared/singleFlight.ts';
import { ifThere, type Disk } from './disk.ts';
import { folderStateOf } from './state.ts';

/** What a folder was seen to hold. Times in milliseconds. */
type Seen = {
  /** Of the folder itself: when a name comes or goes, it is another one. */
  readonly state: string;
  readonly names: ReadonlySet<string>;
  /** When it was listed, by `performance.now()`. */
  readonly at: number;
  /** How long it took to list. */
  readonly took: number;
  /** False where the folder had changed just before: a clock may be too coarse to show another change at once. */
  readonly settled: boolean;
};

/** Names, over all folders: some forty megabytes. */
const NAMES_KEPT = 500_000;
/** A listing is used for this long without a look at the folder; longer where it took long. */
const UNCHECKED_FOR = 1000;
const TIMES_AS_LONG = 20;
/** And for no longer than this however the folder looks: there are shares that do not keep a folder's time. */
const CACHED_FOR = 10_000;
/** The coarsest clock of a file system in use is vfat's, of two seconds. */
const COARSEST = 2500;

/**
 * Whether a folder holds a name in exactly this spelling. To ask for the file does not show that: many disks find one
 * file by many names (in capitals, with accents composed or not, with a dot or blank behind it, `SECRET~1` for a longer
 * name), whereas rules are written for one of them. Only the folder's own listing says which. It is kept, because tiles
 * ask by the dozen and a folder may hold a hundred thousand names (docs/decisions/0030-names-as-listed.md).
 */
export class Spelling {
  readonly #disk: Disk;
  readonly #now: Clock;
  readonly #seen = new LRUCache<string, Seen>({
    maxSize: NAMES_KEPT,
    // The largest folder is kept too, alone: it would take longest to list for each question.
    sizeCalculation: ({ names }) => Math.min(names.size + 1, NAMES_KEPT),
  });
  readonly #listing = new SingleFlight<ReadonlySet<string> | undefined>();

  /** `now` is compared with the times of folders; how long a listing is cached does not depend on it. */
  constructor(disk: Disk, now: Clock) {
    this.#disk = disk;
    this.#now = now;
  }

  /** `folder`: its absolute path. */
  async isListed(folder: string, name: string): Promise<boolean> {
    const seen = this.#seen.get(folder);
    if (seen?.names.has(name) && this.#age(seen) < Math.max(UNCHECKED_FOR, TIMES_AS_LONG * seen.took)) return true;
    return (await this.#names(folder))?.has(name) ?? false;
  }

  async #names(folder: string): Promise<ReadonlySet<string> | undefined> {
    const stats = await ifThere(this.#disk.stat(folder));
    if (!stats) return undefined;
    const state = folderStateOf(stats);
    const seen = this.#seen.get(folder);
    if (seen?.state === state && seen.settled && this.#age(seen) < CACHED_FOR) return seen.names;
    return this.#listing.do(folder, () => this.#list(folder, state, Number(stats.mtimeMs)));
  }

  async #list(folder: string, state: string, modified: number): Promise<ReadonlySet<string> | undefined> {
    const [at, now] = [performance.now(), this.#now().getTime()];
    const listed = await ifThere(this.#disk.names(folder));
    if (!listed) return undefined;
    const names = new Set(listed);
    this.#seen.set(folder, { state, names, at, took: performance.now() - at, settled: now - modified > COARSEST });
    return names;
  }

  #age({ at }: Seen): number {
    return performance.now() - at;
  }
}
