import { LRUCache } from 'lru-cache';

/**
 * What was read a moment ago, by key; read once for all who ask at the same time. What was not there is read again,
 * because it may be there in a moment (a login), and so is what could not be read.
 */
export class ShortCache<T extends object> {
  readonly #read: LRUCache<string, Promise<T | undefined>>;

  /** `milliseconds`: how long what was read is used; `Infinity` for as long as there is room. */
  constructor({ milliseconds = 1000, entries = 10_000 } = {}) {
    this.#read = new LRUCache({ max: entries, ttl: milliseconds === Infinity ? 0 : milliseconds });
  }

  once(key: string, read: () => Promise<T>): Promise<T>;
  once(key: string, read: () => Promise<T | undefined>): Promise<T | undefined>;
  once(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = this.#read.get(key);
    if (known) return known;
    const reading = read();
    this.#read.set(key, reading);
    const forget = (): void => {
      if (this.#read.peek(key) === reading) this.#read.delete(key);
    };
    reading.then((found) => {
      if (!found) forget();
    }, forget);
    return reading;
  }

  /** After a change in this process: the next question is asked of the store. */
  clear(): void {
    this.#read.clear();
  }
}
