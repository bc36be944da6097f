import { LRUCache } from 'lru-cache';

/** How long what was read is believed, in milliseconds: a change made by another process is seen after it. */
const BELIEVED_FOR = 3000;
const REMEMBERED = 10_000;

/**
 * What was read from a store a moment ago, by key. What was not there is read again, because it may be there in a moment
 * (a login), and so is what could not be read.
 */
export class Believed<T extends object> {
  readonly #read = new LRUCache<string, Promise<T | undefined>>({ max: REMEMBERED, ttl: BELIEVED_FOR });

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
