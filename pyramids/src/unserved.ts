import { LRUCache } from 'lru-cache';
import type { Log } from './shared/log.ts';

/** Keys of masters that are remembered as named. */
const REMEMBERED = 20_000;
/** Lines in one hour; who needs all of them asks for the status. */
const LINES = 200;
const HOUR = 3_600_000;

/** Names what cannot be served in the log, once for each state of a file, and not without end. */
export class Unserved {
  readonly #log: Log;
  readonly #named = new LRUCache<string, true>({ max: REMEMBERED });
  #lines = 0;
  #hour = -Infinity;

  constructor(log: Log) {
    this.#log = log;
  }

  /** `key`: of the master, or of the page that it is about. */
  name(key: string, path: string, { reason, remedy }: { readonly reason: string; readonly remedy: string }): void {
    if (this.#named.has(key)) return;
    this.#named.set(key, true);
    const now = performance.now();
    if (now - this.#hour >= HOUR) [this.#hour, this.#lines] = [now, 0];
    this.#lines += 1;
    if (this.#lines <= LINES) this.#log.warn({ remedy }, `${path} cannot be served: ${reason}`);
    if (this.#lines === LINES + 1) this.#log.warn({}, 'more files cannot be served; they are not named for an hour');
  }
}
