import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/clock.ts';
import { folderStateOf } from '../catalogue/state.ts';

/** What tells whether a folder is as it was. */
export type Stamp = {
  readonly state: string;
  /** When it last became another one, in milliseconds since 1970. */
  readonly changed: number;
};

type Kept<Reading> = {
  readonly reading: Reading;
  readonly images: number;
  readonly state: string;
  readonly until: number;
};

/** Images. Smaller folders are read each time: that takes no time, and what changed is seen at once. */
const LARGE = 500;
/** Images of all folders that are kept; some 400 bytes each, with what is said of each in its manifest. */
const KEPT = 150_000;
/** A folder stays cached for so many times as long as it took to read: then reading it is a small part of all work. */
const TIMES_AS_LONG = 20;
/** Milliseconds; the longest that the manifest shows the former size of a file that was written over. */
const LONGEST = 60_000;
/** Milliseconds. A folder that changed so shortly before it was read may have changed again within the same tick. */
const UNSETTLED = 3000;

/**
 * Large folders as they were read, until names come or go in them, or a while is over: many ask for the same folder, and
 * to look at each of a hundred thousand files takes seconds.
 */
export class KeptReadings<Reading extends object> {
  readonly #kept = new LRUCache<string, Kept<Reading>>({ maxSize: KEPT, sizeCalculation: ({ images }) => images });
  readonly #stampOf: (path: readonly string[]) => Promise<Stamp | undefined>;
  readonly #imagesOf: (reading: Reading) => number;
  readonly #now: Clock;

  /**
   * `stampOf`: of a folder; `undefined` where nothing can be said of it. `imagesOf`: how many images a reading holds. `now`
   * is compared with the times of folders; how long a reading is kept does not depend on it.
   */
  constructor(
    stampOf: (path: readonly string[]) => Promise<Stamp | undefined>,
    imagesOf: (reading: Reading) => number,
    now: Clock,
  ) {
    this.#stampOf = stampOf;
    this.#imagesOf = imagesOf;
    this.#now = now;
  }

  /** What is kept of a folder, or what `read` says of it now. */
  async get(path: readonly string[], read: () => Promise<Reading>): Promise<Reading> {
    const key = path.join('/');
    const kept = this.#kept.get(key);
    const stamp = await this.#stampOf(path);
    if (kept && stamp?.state === kept.state && performance.now() < kept.until) return kept.reading;
    this.#kept.delete(key);
    const begun = performance.now();
    const settled = stamp !== undefined && stamp.changed + UNSETTLED < this.#now().getTime();
    const reading = await read();
    const images = this.#imagesOf(reading);
    if (settled && images >= LARGE) {
      const ended = performance.now();
      const until = ended + Math.min(LONGEST, TIMES_AS_LONG * (ended - begun));
      this.#kept.set(key, { reading, images, state: stamp.state, until });
    }
    return reading;
  }
}

/** The stamp of the folder at an absolute path; `undefined` where there is none, or nothing can be said of it. */
export async function stampOf(path: string): Promise<Stamp | undefined> {
  try {
    const stats = await stat(path, { bigint: true });
    const { mtimeNs, ctimeNs } = stats;
    return {
      state: folderStateOf(stats),
      changed: Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n),
    };
  } catch {
    return undefined;
  }
}
