import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../shared/log.ts';

const KEPT = 200_000;

/**
 * Lines in the log about files, each once as long as it is remembered. What is said of a file that somebody is still
 * copying is not the last word: something else about it is said, too.
 */
export class LoggedOnce {
  readonly #log: Pick<Log, 'warn'>;
  readonly #files = new LRUCache<string, number>({ max: KEPT });

  constructor(log: Pick<Log, 'warn'>) {
    this.#log = log;
  }

  once(file: string, message: string, remedy?: string): void {
    const said = crc32(message);
    if (this.#files.get(file) === said) return;
    this.#files.set(file, said);
    this.#log.warn({ file, ...(remedy !== undefined && { remedy }) }, message);
  }
}
