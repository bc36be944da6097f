import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from '../picture.ts';
import { ifThere, type Disk } from './disk.ts';
import type { Entries, Stray } from './entries.ts';
import { naturally } from './names.ts';
import type { Paths, Place } from './paths.ts';
import { sortedWithPauses } from './sorted.ts';
import { stateOf } from './state.ts';

/** A folder as it is listed. */
export type Folder = {
  readonly kind: 'folder';
  readonly path: readonly string[];
  /** Where it really lies, as for a file. */
  readonly real: readonly string[];
  /** Names, in natural order. */
  readonly images: readonly string[];
  readonly folders: readonly string[];
  /** Names of images and folders that no address can hold, for the log. */
  readonly passedOver: readonly string[];
  /** Names that lead nowhere that is ours, for the log. */
  readonly astray: readonly Stray[];
};

/** Files of a folder in one part of it. */
const PART = 200;
/** Files looked at together: the disk has few hands, and a tile's question waits behind all that were asked before it. */
const AT_ONCE = 20;

/** What lies in the folders below `IMAGE_DIR`, as it is now. */
export class Listing {
  readonly #paths: Paths;
  readonly #disk: Disk;
  readonly #entries: Entries;

  constructor(paths: Paths, disk: Disk, entries: Entries) {
    this.#paths = paths;
    this.#disk = disk;
    this.#entries = entries;
  }

  /** One level of a folder, or `undefined` where there is none. */
  async folder(path: readonly string[]): Promise<Folder | undefined> {
    const inside = await this.#paths.inside(path);
    if (inside === undefined) return undefined;
    const names = await ifThere(this.#namesIn(path, inside.absolute));
    if (!names) return undefined;
    if (names.images.length + names.folders.length === 0) await this.#paths.checkPresence(inside.absolute);
    const [image] = names.images;
    const device = image === undefined ? undefined : (await ifThere(this.#disk.stat(inside.absolute)))?.dev;
    if (image !== undefined && device !== undefined) await this.#paths.seen(join(inside.absolute, image), device);
    return {
      kind: 'folder',
      path,
      real: inside.real,
      images: await sortedWithPauses(names.images, naturally),
      folders: await sortedWithPauses(names.folders, naturally),
      passedOver: names.passedOver,
      astray: names.astray,
    };
  }

  /** By what they are, in the disk's order; read some at a time, so that others are not kept waiting. */
  async #namesIn(path: readonly string[], absolute: string) {
    const names = {
      images: [] as string[],
      folders: [] as string[],
      passedOver: [] as string[],
      astray: [] as Stray[],
    };
    for await (const entry of await this.#disk.walk(absolute)) {
      if (entry.name.startsWith('.')) continue;
      const kind = await this.#entries.kindOf(path, entry);
      if (typeof kind === 'object') names.astray.push(kind);
      else if (kind === 'folder') names.folders.push(entry.name);
      else if (kind === 'image') names.images.push(entry.name);
      else if (kind === 'passed over') names.passedOver.push(entry.name);
    }
    return names;
  }

  /** The images of a listed folder with their states, in its order and in parts; what vanished since is left out. */
  async *files(folder: Folder): AsyncGenerator<readonly Picture[], void> {
    const inside = await this.#paths.inside(folder.path);
    if (inside === undefined) return;
    const straight = inside.real.join('/') === folder.path.join('/'); // one list serves as both: there may be many of them
    const look = async (name: string): Promise<Picture | undefined> => {
      const path = [...folder.path, name];
      const place = { absolute: join(inside.absolute, name), real: straight ? path : [...inside.real, name] };
      const stats = await ifThere(this.#disk.lstat(place.absolute));
      return stats?.isSymbolicLink() ? this.file(path) : stats && fileFrom(path, place, stats);
    };
    for (let from = 0; from < folder.images.length; from += PART) {
      const files: Picture[] = [];
      for (let some = from; some < from + PART; some += AT_ONCE) {
        const looked = await Promise.all(folder.images.slice(some, Math.min(some + AT_ONCE, from + PART)).map(look));
        files.push(...looked.filter((file) => file !== undefined));
      }
      yield files;
    }
  }

  async file(path: readonly string[]): Promise<Picture | undefined> {
    const inside = await this.#paths.inside(path);
    const stats = inside && (await ifThere(this.#disk.stat(inside.absolute)));
    if (!inside || !stats?.isFile()) return undefined;
    await this.#paths.seen(inside.absolute, stats.dev);
    return fileFrom(path, inside, stats);
  }

  /** Whether there is any image; `undefined` where so many names (links may go round in circles) were not enough to know. */
  async hasImages(enough: number): Promise<boolean | undefined> {
    const folders: string[][] = [[]];
    let names = 0;
    for (const path of folders) {
      const inside = await this.#paths.inside(path);
      const entries = inside && (await ifThere(this.#disk.walk(inside.absolute)));
      for await (const entry of entries ?? []) {
        if (++names > enough) return undefined;
        if (entry.name.startsWith('.')) continue;
        const kind = await this.#entries.kindOf(path, entry);
        if (kind === 'image') return true;
        if (kind === 'folder') folders.push([...path, entry.name]);
      }
    }
    return false;
  }
}

function fileFrom(path: readonly string[], { real }: Place, stats: BigIntStats): Picture | undefined {
  if (!stats.isFile()) return undefined;
  return { kind: 'file', path, real, state: stateOf(stats), page: 0 };
}
