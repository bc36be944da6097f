import { realpath } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { ImageServerName } from '../headers/fitness.ts';
import type { Facts } from '../shared/facts.ts';
import type { Master } from '../shared/master.ts';
import type { Sources } from '../shared/source.ts';
import { HeaderProcesses } from './headerProcesses.ts';
import { knownOf, type Finding, type Known } from './judge.ts';
import { unopened } from './openMaster.ts';
import { askPrograms } from './programs.ts';

/** Pages that are remembered: a few hundred bytes each. */
const KEPT = 30_000;
/** Milliseconds: what could not be read because it took too long is not tried again at once. */
const SLOW_FOR = 60_000;

/** Masters looked at together: as many as keep the children busy. */
const AT_ONCE = 64;

export type FactsOptions = {
  /** Absolute. */
  readonly imagesDirectory: string;
  /** Which masters are fit depends on it. */
  readonly server: ImageServerName;
  /** At which the pages of a PDF are drawn. */
  readonly pdfDpi: number;
  /** Whether pyramids are made at all. */
  readonly makes: boolean;
  /** Of a picture of which a pyramid is to be made. */
  readonly maxPixels: number;
};

/** What masters are, from their headers, each read in a child with limits, once for each of its states. */
export class FactsReader {
  readonly #options: FactsOptions;
  readonly #headers = new HeaderProcesses();
  readonly #programs = pLimit(availableParallelism());
  readonly #known = new LRUCache<string, Known>({ maxSize: KEPT, sizeCalculation: pagesIn });
  readonly #asking = new Map<string, Promise<Known>>();
  /** The folder of the masters, without links. */
  #folder: Promise<string> | undefined;

  constructor(options: FactsOptions) {
    this.#options = options;
  }

  /** Never rejects for what is wrong with a file. */
  async of(master: Master): Promise<Facts> {
    return (await this.#look(master)).facts;
  }

  /** Those of many masters, in their order; a few at a time, so that a hundred thousand take no more memory than their facts. */
  async ofAll(masters: readonly Master[]): Promise<Facts[]> {
    const facts: Facts[] = [];
    const waiting = masters.entries();
    const lane = async (): Promise<void> => {
      for (const [index, master] of waiting) facts[index] = await this.of(master);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return facts;
  }

  /** What a maker of pyramids has to know of its pages, in the order of those of {@link of}. */
  async header(master: Master): Promise<Sources> {
    return (await this.#look(master)).sources;
  }

  /** Ends the children; what is being asked is never answered. */
  stop(): void {
    this.#headers.stop();
  }

  async #look(master: Master): Promise<Known> {
    const known = this.#known.get(master.key) ?? this.#asking.get(master.key);
    if (known) return known;
    const asking = this.#read(master).finally(() => this.#asking.delete(master.key));
    this.#asking.set(master.key, asking);
    return asking;
  }

  async #read(master: Master): Promise<Known> {
    const { imagesDirectory } = this.#options;
    const finding = await this.#find(master);
    const known = knownOf(finding, join(imagesDirectory, master.path), this.#options);
    if (known.facts.kind !== 'unreadable') this.#known.set(master.key, known);
    if (finding.kind === 'slow') this.#known.set(master.key, known, { ttl: SLOW_FOR });
    // Perhaps it is the folder that has gone elsewhere.
    if (finding.kind === 'changing') this.#folder = undefined;
    return known;
  }

  async #find({ path, state }: Master): Promise<Finding> {
    try {
      this.#folder ??= realpath(this.#options.imagesDirectory);
      const folder = await this.#folder;
      const reading = await this.#headers.read({ folder, path, state });
      if (reading.kind !== 'header' || (reading.header.format !== 'pdf' && reading.header.format !== 'heif'))
        return reading;
      const { format } = reading.header;
      return await this.#programs(() => askPrograms(format, folder, { path, state }, this.#options.pdfDpi));
    } catch (error) {
      this.#folder = undefined;
      return unopened(error as NodeJS.ErrnoException);
    }
  }
}

function pagesIn({ facts }: Known): number {
  return facts.kind === 'picture' ? facts.pages.length : 1;
}
