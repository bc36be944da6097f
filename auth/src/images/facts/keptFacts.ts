import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log } from '../../shared/log.ts';
import { keptPages, type Pages } from '../pyramids/answers.ts';
import type { ImageServerName } from '../servers/imageServer.ts';
import type { FactStore } from './facts.ts';

/** Pages that are kept in memory, some six hundred bytes each. */
const KEPT = 100_000;
/** Pages of a file that is not written to the store: it would be megabytes of text. */
const MANY_PAGES = 1000;
/** Goes up whenever what is known of the same file may be something else: what an older one kept no longer counts. */
const EDITION = 1;

/** What the facts of a file depend on beside the file: which files are fit on the image server, and how large pages of PDFs are. */
export type FactSettings = { readonly server: ImageServerName; readonly pdfDpi: number };

/**
 * The pages of files by `pictureKey`: in memory, and in the store, which outlives a restart. A store that does not answer
 * costs the reading of headers, not the answer.
 */
export class KeptFacts {
  readonly #store: FactStore;
  readonly #log: Pick<Log, 'warn'>;
  readonly #row: z.ZodType<{ readonly edition: string; readonly pages: Pages }>;
  readonly #edition: string;
  readonly #pages = new LRUCache<string, Pages>({
    maxSize: KEPT,
    sizeCalculation: ({ length }) => Math.min(length, KEPT),
  });

  constructor(store: FactStore, { server, pdfDpi }: FactSettings, log: Pick<Log, 'warn'>) {
    this.#store = store;
    this.#log = log;
    this.#edition = `${EDITION} ${server} ${pdfDpi}`;
    this.#row = z.object({ edition: z.literal(this.#edition), pages: keptPages });
  }

  /** `undefined` where it is not in memory. */
  get(key: string): Pages | undefined {
    return this.#pages.get(key);
  }

  has(key: string): boolean {
    return this.#pages.has(key);
  }

  /** Takes from the store into memory what it has of these keys. */
  async load(keys: readonly string[]): Promise<void> {
    for (const [key, pages] of await this.stored(keys)) this.#pages.set(key, pages);
  }

  /** What the store has of these keys; memory is left as it is. */
  async stored(keys: readonly string[]): Promise<ReadonlyMap<string, Pages>> {
    const found = new Map<string, Pages>();
    if (keys.length === 0) return found;
    try {
      for (const [key, text] of await this.#store.load(keys)) {
        const row = this.#row.safeParse(jsonOf(text));
        if (row.success) found.set(key, row.data.pages);
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'kept facts of images cannot be read');
    }
    return found;
  }

  /** Into memory, if it is wanted there or there was another, and into the store. */
  async save(facts: ReadonlyMap<string, Pages>, inMemory: boolean): Promise<void> {
    const rows = new Map<string, string>();
    for (const [key, pages] of facts) {
      if (inMemory || this.#pages.has(key)) this.#pages.set(key, pages);
      if (pages.length <= MANY_PAGES) rows.set(key, JSON.stringify({ edition: this.#edition, pages }));
    }
    if (rows.size === 0) return;
    try {
      await this.#store.save(rows);
    } catch (error) {
      this.#log.warn({ err: error }, 'facts of images cannot be kept');
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
