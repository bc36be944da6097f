import { dirname } from 'node:path';
import { baseOf } from '../volume/places.ts';
import type { Page } from '../shared/facts.ts';
import type { Master } from '../shared/master.ts';
import { makePage, STOPPED } from './makePage.ts';
import { Queue, WISHES, type Wish } from './queue.ts';
import { isWhole } from './reduce.ts';
import type { Job, Made, Workshop } from './workshop.ts';

export type MakerOptions = Workshop & {
  /** Cores that may be used. */
  readonly cores: number;
  /** Seconds since somebody asked for a tile. */
  readonly quietFor: () => number;
};

/** Seconds without a tile after which the sweep goes on. */
const QUIET = 3;
/** Milliseconds between two looks at whether it is quiet. */
const LOOK = 500;

/** How it stands. */
type Making = {
  readonly queue: Readonly<Record<Wish, number>>;
  readonly making: readonly { readonly path: string; readonly page: number }[];
  /** Pages that wait or are being made, by the folders of their files; empty: that of the masters itself. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Until all is made, if nothing else is to do; undefined before the first. */
  readonly secondsLeft: number | undefined;
  readonly secondsPerMegapixel: number | undefined;
};

type Waiting = Job & { readonly name: string; wish: Wish; readonly answer: PromiseWithResolvers<Made> };

/**
 * Makes pyramids, each once at a time, what readers look at first. All cores but one work (one more for who looks at an
 * image); what nobody asked for in particular gives way to everything, and waits while tiles are asked for.
 */
export class Maker {
  readonly #options: MakerOptions;
  readonly #queue = new Queue<Waiting>();
  /** Waiting and running, by the name of their page. */
  readonly #jobs = new Map<string, Waiting>();
  readonly #running = new Set<Waiting>();
  readonly #stop = new AbortController();
  readonly #pace = new Pace();
  #look: NodeJS.Timeout | undefined;

  constructor(options: MakerOptions) {
    this.#options = options;
  }

  /** Asks for a page; who asks again for the same gets the same answer, the sooner of both. Never rejects. */
  async want(master: Master, page: number, wish: Wish): Promise<Made> {
    if (this.#stop.signal.aborted) return STOPPED;
    const name = baseOf(master.key, page);
    const known = this.#jobs.get(name);
    const job = known ?? { name, master, page, wish, answer: Promise.withResolvers<Made>() };
    if (!known) this.#jobs.set(name, job);
    if (!this.#running.has(job)) this.#queue.put(name, wish, job);
    this.#start();
    return job.answer.promise;
  }

  /** Whether all is there that is to be made of a page. */
  isWhole(master: Master, page: number, picture: Page): Promise<boolean> {
    return isWhole(this.#options, { master, page }, picture);
  }

  status(): Making {
    const waiting: Record<string, number> = {};
    for (const { master } of this.#jobs.values()) {
      const folder = dirname(master.path).replace(/^\.$/, '');
      waiting[folder] = (waiting[folder] ?? 0) + 1;
    }
    const { secondsPerMegapixel, secondsPerPage } = this.#pace;
    const secondsLeft = secondsPerPage === undefined ? undefined : (this.#jobs.size * secondsPerPage) / this.#most;
    const making = [...this.#running].map(({ master: { path }, page }) => ({ path, page }));
    return { queue: this.#queue.sizes, making, waiting, secondsLeft, secondsPerMegapixel };
  }

  /** Ends what runs; who waits is told so. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#look);
    for (const job of this.#queue.clear()) this.#end(job, STOPPED);
    await Promise.all([...this.#running].map(async ({ answer }) => answer.promise));
  }

  get #most(): number {
    return Math.max(1, this.#options.cores - 1);
  }

  #start(): void {
    for (let job = this.#next(); job; job = this.#next()) {
      this.#running.add(job);
      void this.#run(job);
    }
  }

  #next(): Waiting | undefined {
    const { size } = this.#running;
    for (const wish of WISHES) {
      if (size >= (wish === 'tile' ? this.#most + 1 : this.#most)) continue;
      if (wish === 'sweep' && !this.#isQuiet()) return;
      const job = this.#queue.take(wish);
      if (!job) continue;
      job.wish = wish;
      return job;
    }
    return;
  }

  async #run(job: Waiting): Promise<void> {
    const onMade = (seconds: number, pixels: number): void => {
      this.#pace.add(seconds, pixels);
    };
    const made = await makePage(this.#options, job, { wish: job.wish, signal: this.#stop.signal, onMade });
    this.#running.delete(job);
    this.#end(job, made);
    this.#start();
  }

  #end(job: Waiting, made: Made): void {
    this.#jobs.delete(job.name);
    job.answer.resolve(made);
  }

  /** Looks again later when it is not. */
  #isQuiet(): boolean {
    if (this.#options.quietFor() >= QUIET) return true;
    if (this.#queue.sizes.sweep === 0) return false;
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      this.#start();
    }, LOOK);
    return false;
  }
}

/** How fast pictures are made, the last ones counting most. */
class Pace {
  #seconds = 0;
  #megapixels = 0;
  #pages = 0;

  add(seconds: number, pixels: number): void {
    this.#seconds = 0.95 * this.#seconds + seconds;
    this.#pages = 0.95 * this.#pages + 1;
    this.#megapixels = 0.95 * this.#megapixels + pixels / 1e6;
  }

  get secondsPerPage(): number | undefined {
    return this.#pages === 0 ? undefined : this.#seconds / this.#pages;
  }

  get secondsPerMegapixel(): number | undefined {
    return this.#megapixels === 0 ? undefined : this.#seconds / this.#megapixels;
  }
}
