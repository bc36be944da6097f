import { ShortCache } from './shortCache.ts';

/** A store that can say whether anything in it may have changed. */
export type Changing = {
  /** Another text as soon as anyone has changed anything, this process too. */
  state(): Promise<string>;
};

/**
 * Milliseconds that what was read is used without a look at the store. With the two seconds for which nginx remembers a
 * decision, and the time that the look takes, what another process changes holds within three.
 */
const UNLOOKED_FOR = 1000;
const ENTRIES = 20_000;

/** What was read from a store, by key, until anything in it changes: one look a second, for all that is known. */
export class StoreCache<T extends object> {
  readonly #store: Changing;
  readonly #read = new ShortCache<T>({ milliseconds: Infinity, entries: ENTRIES });
  #state: string | undefined;
  /** By `performance.now()`. */
  #lookedAt = -Infinity;
  #looking: Promise<void> | undefined;

  constructor(store: Changing) {
    this.#store = store;
  }

  once(key: string, read: () => Promise<T>): Promise<T>;
  once(key: string, read: () => Promise<T | undefined>): Promise<T | undefined>;
  async once(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    if (performance.now() - this.#lookedAt >= UNLOOKED_FOR) await (this.#looking ??= this.#look());
    return this.#read.once(key, read);
  }

  /** After a change in this process: the next question is asked of the store. */
  clear(): void {
    this.#read.clear();
  }

  async #look(): Promise<void> {
    const began = performance.now();
    // Where it does not answer nothing is known any more; whoever asks for what is in it is told.
    const state = await this.#store.state().catch(() => undefined);
    if (state === undefined || state !== this.#state) this.#read.clear();
    this.#state = state;
    this.#lookedAt = began;
    this.#looking = undefined;
  }
}
