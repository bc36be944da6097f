import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ending } from './places.ts';
import { walk, type Entry } from './walk.ts';

/** Of the disk, when nobody has said how much pyramids may take. */
const LEFT_FREE = 0.1;
/** Milliseconds: what was used since is in use. */
const IN_USE = 5 * 60_000;

type Unused = Entry & { readonly bytes: number };

/** What takes room. Notes do not count. */
const COUNTED: ReadonlySet<Ending> = new Set(['.tif', '.reduced.tif']);

function bytesOf({ files }: Entry): number {
  return [...files].reduce((total, [ending, { bytes }]) => total + (COUNTED.has(ending) ? bytes : 0), 0);
}

/** Without what is known against a page, and what is shown until it is made. */
function shown(files: Entry['files']): Entry['files'] {
  return new Map([...files].filter(([ending]) => COUNTED.has(ending) || ending === '.json'));
}

/** Room that is kept for what is being made. */
export type Reservation = { readonly release: () => void };

/** How much the volume holds and may take yet, and what goes when it is full. */
export class Room {
  readonly #volume: string;
  readonly #size: number | undefined;
  readonly #usedAt: (base: string) => number;
  #bytes = 0;
  #ready = 0;
  #reserved = 0;
  /** One after the other, so that what one frees no other takes. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param size bytes of all pyramids; undefined: all but a tenth of the disk
   * @param usedAt when (ms) a page was used, as far as this process knows
   */
  constructor(volume: string, size: number | undefined, usedAt: (base: string) => number) {
    this.#volume = volume;
    this.#size = size;
    this.#usedAt = usedAt;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Pages that can be shown. */
  get ready(): number {
    return this.#ready;
  }

  /**
   * Counts what lies there; another service, or somebody, may have changed it.
   * @param visit sees all pages, and says whether to go on
   */
  async count(visit: (entry: Entry) => Promise<boolean> = () => Promise.resolve(true)): Promise<void> {
    let [bytes, ready] = [0, 0];
    for await (const entry of walk(this.#volume)) {
      bytes += bytesOf(entry);
      if (entry.files.has('.tif')) ready += 1;
      if (!(await visit(entry))) return;
    }
    [this.#bytes, this.#ready] = [bytes, ready];
  }

  /** Something has been placed: so many bytes and pages are there more. */
  grow(bytes: number, pages: number): void {
    this.#bytes += bytes;
    this.#ready += pages;
  }

  /** Bytes that may be added without anything being removed. */
  async left(): Promise<number> {
    const { bavail, bsize, blocks } = await statfs(this.#volume);
    const free = bavail * bsize;
    const allowed =
      this.#size === undefined ? free - LEFT_FREE * blocks * bsize : Math.min(free, this.#size - this.#bytes);
    return Math.max(0, Math.floor(allowed - this.#reserved));
  }

  /**
   * Reserves bytes. Where there are not as many, pages are removed if `mayRemove`: those longest unused first, none that is
   * in use, and none at all if that would not be enough.
   *
   * @returns undefined if there is no room
   */
  async reserve(bytes: number, mayRemove: boolean): Promise<Reservation | undefined> {
    const turn = this.#turn.then(async () => {
      const missing = bytes - (await this.left());
      if (missing > 0 && !(mayRemove && (await this.#free(missing)))) return;
      this.#reserved += bytes;
      return { release: once(() => (this.#reserved -= bytes)) };
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Removes what is there beyond the size, which may have been more before: as {@link reserve} does, but as much as it can. */
  async trim(): Promise<void> {
    const size = this.#size;
    if (size === undefined) return;
    const turn = this.#turn.then(async () => {
      const beyond = this.#bytes + this.#reserved - size;
      if (beyond > 0) await this.#remove(beyond, await this.#unused());
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #free(missing: number): Promise<boolean> {
    if (this.#size !== undefined) await this.count();
    const unused = await this.#unused();
    const freeable = unused.reduce((total, { bytes }) => total + bytes, 0);
    if (freeable < missing) return false;
    await this.#remove(missing, unused);
    return true;
  }

  /** What is not in use, the longest unused first. */
  async #unused(): Promise<Unused[]> {
    const unused: (Unused & { usedAt: number })[] = [];
    for await (const entry of walk(this.#volume)) {
      const { base, files } = entry;
      const noted = files.get('.json')?.changedAt ?? files.get('.tif')?.changedAt ?? 0;
      const usedAt = Math.max(noted, this.#usedAt(base));
      const bytes = bytesOf(entry);
      if (bytes > 0 && Date.now() - usedAt > IN_USE) unused.push({ base, files: shown(files), bytes, usedAt });
    }
    return unused.sort((a, b) => a.usedAt - b.usedAt);
  }

  async #remove(wanted: number, unused: readonly Unused[]): Promise<void> {
    let freed = 0;
    for (const { base, files, bytes } of unused) {
      if (freed >= wanted) break;
      await this.remove(base, files);
      freed += bytes;
    }
  }

  /** Removes files of a page. */
  async remove(base: string, files: ReadonlyMap<Ending, { readonly bytes: number }>): Promise<void> {
    for (const [ending, { bytes }] of files) {
      await rm(join(this.#volume, base + ending), { force: true });
      this.#bytes = Math.max(0, this.#bytes - (COUNTED.has(ending) ? bytes : 0));
      this.#ready = Math.max(0, this.#ready - (ending === '.tif' ? 1 : 0));
    }
  }
}

function once(what: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) what();
    isDone = true;
  };
}
