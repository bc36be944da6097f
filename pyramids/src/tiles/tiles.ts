import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Dimensions } from '../shared/dimensions.ts';
import { Malformed } from './bytes.ts';
import { PyramidFile } from './pyramidFile.ts';
import { readTile } from './readTile.ts';
import type { Tile } from './tile.ts';

/** Address of a page's pyramid in the volume. */
const SOURCE = /^[0-9a-f]{2}\/[0-9a-f]{62}-\d{1,6}\.tif$/;
/** Files that are kept open at most. Room of a file that was removed is free when it is closed. */
const MOST_OPEN = 256;
/** After so long (ms) without a question a file is closed. */
const IDLE = 30_000;

/** The tiles of all pyramids, as they are stored, cut but not decoded. */
export class Tiles {
  readonly #volume: string;
  readonly #folders: readonly string[];
  readonly #open = new LRUCache<string, Promise<PyramidFile | undefined>>({
    max: MOST_OPEN,
    ttl: IDLE,
    ttlAutopurge: true,
    updateAgeOnGet: true,
    perf: { now: () => Date.now() },
    // One that could not be opened has told it to those who asked.
    dispose: (opening) => void opening.then((file) => file?.release()).catch(() => undefined),
  });

  /** `images`: `IMAGE_DIR`, into which links of the volume may lead, and nowhere else. */
  constructor({ volume, images }: { readonly volume: string; readonly images: string }) {
    this.#volume = volume;
    this.#folders = [volume, images];
  }

  /**
   * The tile at a place of a level (0: the largest; columns and rows from 0), cut to `size` at its upper left corner, as
   * a JPEG that every program reads.
   */
  async of(source: string, level: number, column: number, row: number, size: Dimensions): Promise<Tile> {
    const numbers = [level, column, row, size.width - 1, size.height - 1];
    if (!SOURCE.test(source) || !numbers.every((number) => Number.isSafeInteger(number) && number >= 0))
      return { kind: 'invalid', reason: 'this is no address of a tile' };
    try {
      const file = await this.#fileOf(source);
      if (!file) return { kind: 'missing' };
      try {
        return await readTile(file, file.levels[level], { column, row }, size);
      } finally {
        await file.release();
      }
    } catch (error) {
      if (error instanceof Malformed) return { kind: 'not native', reason: error.message };
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return { kind: 'unavailable', reason: `it cannot be read (${code})` };
    }
  }

  /** Closes all files, each when it has been read by those who asked. */
  close(): void {
    this.#open.clear();
  }

  /** The file, held for the caller. */
  async #fileOf(source: string): Promise<PyramidFile | undefined> {
    const opening = this.#open.get(source) ?? this.#opening(source);
    const file = await opening;
    file?.hold();
    if (!file || (await file.isCurrent())) return file;
    await file.release();
    if (this.#open.peek(source) === opening) this.#open.delete(source);
    return this.#fileOf(source);
  }

  #opening(source: string): Promise<PyramidFile | undefined> {
    const opening = PyramidFile.open(join(this.#volume, source), this.#folders);
    this.#open.set(source, opening);
    const forget = () => {
      if (this.#open.peek(source) === opening) this.#open.delete(source);
    };
    opening.then((file) => {
      if (!file) forget();
    }, forget);
    return opening;
  }
}
