import { lstat, mkdir, open, readFile, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Dimensions } from '../shared/dimensions.ts';
import type { Page } from '../shared/facts.ts';
import type { Master } from '../shared/master.ts';
import { cleanVolume } from './clean.ts';
import { readFailure, readNote, type FailureNote, type Note } from './notes.ts';
import { baseOf, baseOfSource, sourceOf } from './places.ts';
import { Room, type Reservation } from './room.ts';
import { Scratch } from './scratch.ts';

export type VolumeOptions = {
  /** Absolute. */
  readonly volume: string;
  /** The folder of the masters, absolute. */
  readonly images: string;
  /** Bytes of all pyramids; 0: nothing is made; undefined: all but a tenth of the disk. */
  readonly size: number | undefined;
  /** Of the maker: what an earlier one could not make is tried again. */
  readonly edition: number;
};

/** What is known of a page that lies there: whether a pyramid is made of it, and its size. */
export type Placed = Pick<Page, 'form' | 'width' | 'height'>;

/** Links to masters: to one that is a pyramid, and to a JPEG 2000 until there is one. */
const LINKS = { fit: '.tif', jp2: '.jp2' } as const;

/** Milliseconds between two notes that a page is used. */
const NOTED_EVERY = 60_000;

/** Milliseconds: who was sent to what is shown meanwhile still finds it. */
const MEANWHILE = 60_000;

function isSettled(made: { readonly changedAt: number } | undefined): boolean {
  return made !== undefined && Date.now() - made.changedAt > MEANWHILE;
}

/** The volume of the pyramids: what lies there, whole or not at all. Several services may share it. */
export class Volume {
  readonly #options: VolumeOptions;
  readonly #scratch: Scratch;
  readonly #room: Room;
  readonly #used = new LRUCache<string, number>({ max: 20_000 });
  readonly #failures = new Map<string, FailureNote>();
  #names = 0;
  #counted: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(options: VolumeOptions, scratch: Scratch) {
    this.#options = options;
    this.#scratch = scratch;
    this.#room = new Room(options.volume, options.size, (base) => this.#used.get(base) ?? 0);
  }

  /**
   * Removes what a killed service has left, and begins to count what is there. Rejects with what the file system says.
   */
  static async open(options: VolumeOptions): Promise<Volume> {
    const scratch = await Scratch.open(options.volume);
    await scratch.removeLeftovers();
    const volume = new Volume(options, scratch);
    volume.#counted = volume.#count();
    // Who needs it hears of it.
    volume.#counted.catch(() => undefined);
    return volume;
  }

  /** Folder of our own for what is being made. */
  get scratch(): string {
    return this.#scratch.path;
  }

  /** @returns a name that nothing in {@link scratch} has */
  newName(): string {
    return `n${(this.#names += 1)}`;
  }

  /** Whether a page lies there as it is to be: a link to a master that is gone does not count, nor a pyramid of another size. */
  async has(master: Master, page: number, { form, width, height }: Placed): Promise<boolean> {
    const source = sourceOf(master.key, page);
    if (form === 'fit') return this.#isLink(source);
    if (!(await lstat(this.pathOf(source)).catch(() => undefined))?.isFile()) return false;
    const note = readNote(await readFile(this.pathOf(`${baseOf(master.key, page)}.json`), 'utf8').catch(() => ''));
    return note?.width === width && note.height === height;
  }

  /** @returns where a source lies, absolute */
  pathOf(source: string): string {
    return join(this.#options.volume, source);
  }

  /** Whether anything is made here. */
  get makes(): boolean {
    return this.#options.size !== 0;
  }

  /** Notes that a page is used: it is not removed for some minutes, and later than others. Costs nearly nothing. */
  use(source: string): void {
    const base = baseOfSource(source);
    if (base === undefined) return;
    const now = Date.now();
    if (now - (this.#used.get(base) ?? 0) < NOTED_EVERY) return;
    this.#used.set(base, now);
    void utimes(this.pathOf(`${base}.json`), now / 1000, now / 1000).catch(() => undefined);
  }

  /** Room for a page of about as many bytes; see `Room.reserve`. */
  async reserve(bytes: number, mayRemove: boolean): Promise<Reservation | undefined> {
    await this.#counted;
    return this.makes ? this.#room.reserve(bytes, mayRemove) : undefined;
  }

  /** Gives what was made in the scratch folder its place, when all of it is on the disk. A page that has one already gets the new file. */
  async place(made: string, master: Master, page: number, size: Dimensions): Promise<void> {
    const file = await open(made, 'r');
    await file.sync();
    const { size: bytes } = await file.stat();
    await file.close();
    const source = sourceOf(master.key, page);
    const before = await this.#bytesOf(source);
    await this.#removeReduced(master, page);
    await this.#put(made, source);
    await this.#note(master, page, size);
    this.#room.grow(bytes - (before ?? 0), before === undefined ? 1 : 0);
  }

  /** Gives a reduced copy of a page that lies there its place. */
  async placeReduced(made: string, master: Master, page: number): Promise<void> {
    const source = sourceOf(master.key, page, '.reduced.tif');
    await this.#removeReduced(master, page);
    const { size } = await stat(made);
    await this.#put(made, source);
    this.#room.grow(size, 0);
  }

  /** Whether a page has a reduced copy. */
  async hasReduced(master: Master, page: number): Promise<boolean> {
    return (await this.#bytesOf(sourceOf(master.key, page, '.reduced.tif'))) !== undefined;
  }

  /** Places a link to the master: because it is a pyramid, or until there is one. */
  async link(master: Master, page: number, form: keyof typeof LINKS, size: Dimensions): Promise<void> {
    const source = sourceOf(master.key, page, LINKS[form]);
    if (await this.#isLink(source)) return;
    const link = join(this.scratch, this.newName());
    await symlink(join(this.#options.images, master.path), link);
    const before = await this.#bytesOf(source);
    await this.#put(link, source);
    await this.#note(master, page, size);
    if (form === 'fit') this.#room.grow(-(before ?? 0), before === undefined ? 1 : 0);
  }

  /** Remembers why a page cannot be made. */
  async fail(master: Master, page: number, why: { readonly reason: string; readonly remedy: string }): Promise<void> {
    const base = baseOf(master.key, page);
    const { path, state } = master;
    const note: FailureNote = {
      path,
      state,
      page,
      edition: this.#options.edition,
      reason: why.reason,
      remedy: why.remedy,
    };
    this.#failures.set(base, note);
    await this.#write(`${base}.failed.json`, note);
  }

  /** @returns why a page could not be made by this edition of the maker; undefined if nothing is known against it */
  async failureOf(master: Master, page: number): Promise<FailureNote | undefined> {
    const base = baseOf(master.key, page);
    return this.#failures.get(base) ?? (await this.#readFailure(base));
  }

  /** The same as far as it was read before. */
  noted(master: Master, page: number): FailureNote | undefined {
    return this.#failures.get(baseOf(master.key, page));
  }

  failures(): readonly FailureNote[] {
    return [...this.#failures.values()];
  }

  /**
   * Removes what was made of masters that are gone or changed, what killed services have left, and what is more than the
   * volume may hold by now.
   */
  async clean(signal: AbortSignal): Promise<void> {
    const { volume, images } = this.#options;
    await this.#scratch.removeLeftovers();
    await cleanVolume(volume, images, signal, async ({ base, files }) => {
      this.#failures.delete(base);
      await this.#room.remove(base, files);
    });
    await this.#count();
    await this.#room.trim();
  }

  async figures(): Promise<{ readonly ready: number; readonly bytes: number; readonly room: number }> {
    const { ready, bytes } = this.#room;
    return { ready, bytes, room: this.makes ? await this.#room.left() : 0 };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#counted;
    await this.#scratch.close();
  }

  async #removeReduced({ key }: Master, page: number): Promise<void> {
    const bytes = await this.#bytesOf(sourceOf(key, page, '.reduced.tif'));
    if (bytes !== undefined) await this.#room.remove(baseOf(key, page), new Map([['.reduced.tif', { bytes }]]));
  }

  /** To a file that is there. */
  async #isLink(source: string): Promise<boolean> {
    const path = this.pathOf(source);
    if (!(await lstat(path).catch(() => undefined))?.isSymbolicLink()) return false;
    return (await stat(path).catch(() => undefined))?.isFile() === true;
  }

  /** Of a link 0; undefined where nothing is. */
  async #bytesOf(source: string): Promise<number | undefined> {
    const found = await lstat(this.pathOf(source)).catch(() => undefined);
    return found?.isFile() ? found.size : found && 0;
  }

  async #note({ key, path, state }: Master, page: number, { width, height }: Dimensions): Promise<void> {
    const note: Note = { path, state, page, width, height, madeAt: new Date().toISOString() };
    await this.#write(`${baseOf(key, page)}.json`, note);
  }

  async #write(below: string, note: Note | FailureNote): Promise<void> {
    const written = join(this.scratch, this.newName());
    const file = await open(written, 'wx');
    await file.writeFile(JSON.stringify(note));
    await file.close();
    await this.#put(written, below);
  }

  /** What is whole gets its name. That the name outlasts a power failure is not needed: then it is made once more. */
  async #put(made: string, below: string): Promise<void> {
    const path = this.pathOf(below);
    await mkdir(dirname(path), { recursive: true });
    await rename(made, path);
  }

  async #count(): Promise<void> {
    await this.#room.count(async ({ base, files }) => {
      if (files.has('.failed.json')) await this.#readFailure(base);
      if (files.has('.jp2') && isSettled(files.get('.tif'))) await rm(this.pathOf(`${base}.jp2`), { force: true });
      return !this.#isClosed;
    });
  }

  async #readFailure(base: string): Promise<FailureNote | undefined> {
    const path = this.pathOf(`${base}.failed.json`);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return;
    const note = readFailure(text);
    if (note?.edition === this.#options.edition) {
      this.#failures.set(base, note);
      return note;
    }
    await rm(path, { force: true });
    return;
  }
}
