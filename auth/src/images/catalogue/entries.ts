import type { Dirent } from 'node:fs';
import { isSafeName } from '../../iiif/identifier.ts';
import { ifThere, type Disk } from './disk.ts';
import { isNamedPicture } from './names.ts';
import type { Astray, Paths } from './paths.ts';

/** A name in a folder that leads nowhere that is ours. */
export type Stray = { readonly name: string; readonly why: Astray | 'special' };

/** `passed over`: a picture, or a folder, whose name no address can hold. `other`: nothing to do with pictures. */
export type EntryKind = 'folder' | 'image' | 'passed over' | 'other';

/** What the names in a folder are: by their kind and extension, and by where they lead if they are links. */
export class Entries {
  readonly #paths: Paths;
  readonly #disk: Disk;

  constructor(paths: Paths, disk: Disk) {
    this.#paths = paths;
    this.#disk = disk;
  }

  /** `folder`: parts of the path of the folder that the entry is in. @throws ImagesUnavailable */
  async kindOf(folder: readonly string[], entry: Dirent): Promise<EntryKind | Stray> {
    const { name } = entry;
    const kind = entry.isSymbolicLink() ? await this.#kindOfLink([...folder, name]) : direct(entry);
    if (kind === 'special') return isNamedPicture(name) ? { name, why: kind } : 'other';
    if (kind === 'outside') return (await this.#isOfInterest([...folder, name])) ? { name, why: kind } : 'other';
    if (kind === 'absent' || kind === 'unsafe' || kind === 'misspelt') return { name, why: kind };
    if (kind === 'folder') return isSafeName(name) ? 'folder' : 'passed over';
    if (!isNamedPicture(name)) return 'other';
    return isSafeName(name) ? 'image' : 'passed over';
  }

  async #kindOfLink(path: readonly string[]): Promise<'folder' | 'file' | 'special' | Astray> {
    const place = await this.#paths.lookUp(path);
    if (typeof place === 'string') return place;
    const stats = await ifThere(this.#disk.stat(place.absolute));
    return stats ? direct(stats) : 'absent';
  }

  /** What a link leads out to: a folder, or a picture. */
  async #isOfInterest(path: readonly string[]): Promise<boolean> {
    const stats = await ifThere(this.#disk.stat(this.#paths.describe(path)));
    return stats?.isFile() !== true || isNamedPicture(path.at(-1) ?? '');
  }
}

function direct(entry: { isDirectory(): boolean; isFile(): boolean }): 'folder' | 'file' | 'special' {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'special';
}
