import { join, relative, sep } from 'node:path';
import { isSafeName } from '../../iiif/identifier.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { ShortCache } from '../../shared/shortCache.ts';
import { ifThere, ImagesUnavailable, type Disk } from './disk.ts';
import { Presence, type Root } from './presence.ts';
import { Spelling } from './spelling.ts';

/** Where a file or folder really is. */
export type Place = {
  readonly absolute: string;
  /** Parts of the path below the root, without links, as the folders spell them. It is what is judged. */
  readonly real: readonly string[];
};

/** Why a name leads nowhere that is ours. */
export type Astray =
  /** There is nothing, or nothing that we may look at. */
  | 'absent'
  /** Outside of IMAGE_DIR. */
  | 'outside'
  /** To a name that cannot be part of an address. */
  | 'unsafe'
  /** Not in the spelling of the folder's own listing. */
  | 'misspelt';

/** Which paths lead to something below `IMAGE_DIR`, and where to. Nothing outside of it is ever named. */
export class Paths {
  readonly #root: string;
  readonly #disk: Disk;
  readonly #spelling: Spelling;
  readonly #presence: Presence;
  /** Every image is looked for below it, and it moves never: looked at once a second. */
  readonly #found = new ShortCache<Root>();

  constructor(root: string, { disk, log, now }: { disk: Disk; log: Pick<Log, 'info' | 'warn'>; now: Clock }) {
    this.#root = root;
    this.#disk = disk;
    this.#spelling = new Spelling(disk, now);
    this.#presence = new Presence(root, disk, log);
  }

  /** Where `path` really is, if that is inside the root, could have been named itself, and is spelled as it is stored. */
  async inside(path: readonly string[]): Promise<Place | undefined> {
    const found = await this.lookUp(path);
    return typeof found === 'string' ? undefined : found;
  }

  /** The same, with the reason where it is not. */
  async lookUp(path: readonly string[]): Promise<Place | Astray> {
    const { real: root } = await this.#realRoot();
    const place = await this.#placeOf(root, path);
    if (place === 'absent') await this.checkPresence(join(root, ...path));
    if (typeof place === 'string') return place;
    if (!(await this.#isSpelled(root, place.real))) return 'misspelt';
    // Without links it is the same path; with links the names of these count as well.
    const spelled = isSame(place.real, path) || (await this.#isSpelledThroughLinks(root, path));
    return spelled ? place : 'misspelt';
  }

  /** That there was something at a place, on the disk of number `device`: if it is not there next time, a share may be missing. */
  async seen(absolute: string, device: bigint): Promise<void> {
    await this.#presence.seen(await this.#realRoot(), absolute, device);
  }

  /** That there are images, known from an earlier time. */
  expectImages(): void {
    this.#presence.expect();
  }

  /** Where a folder is empty: that it is not for want of its disk. @throws ImagesUnavailable */
  async checkPresence(absolute?: string): Promise<void> {
    this.#found.clear();
    await this.#presence.check((await this.#realRoot()).real, absolute);
  }

  /** As it stands on the disk, for messages and the log. */
  describe(path: readonly string[]): string {
    return join(this.#root, ...path);
  }

  /** A share that is not mounted must not look like a folder without images. */
  #realRoot(): Promise<Root> {
    return this.#found.once('', async () => {
      const real = await ifThere(this.#disk.realpath(this.#root));
      const device = real === undefined ? undefined : (await ifThere(this.#disk.stat(real)))?.dev;
      if (real === undefined || device === undefined)
        throw new ImagesUnavailable(`IMAGE_DIR ${this.#root} is not there`);
      return { real, device };
    });
  }

  async #placeOf(root: string, path: readonly string[]): Promise<Place | Astray> {
    const absolute = await ifThere(this.#disk.realpath(join(root, ...path)));
    if (absolute === undefined) return 'absent';
    const real = relative(root, absolute).split(sep).filter(Boolean);
    if (real[0] === '..') return 'outside';
    return real.every(isSafeName) ? { absolute, real } : 'unsafe';
  }

  async #isSpelled(root: string, real: readonly string[]): Promise<boolean> {
    let folder = root;
    for (const name of real) {
      if (!(await this.#spelling.isListed(folder, name))) return false;
      folder = join(folder, name);
    }
    return true;
  }

  async #isSpelledThroughLinks(root: string, path: readonly string[]): Promise<boolean> {
    for (const [depth, name] of path.entries()) {
      const folder = await this.#placeOf(root, path.slice(0, depth));
      if (typeof folder === 'string' || !(await this.#spelling.isListed(folder.absolute, name))) return false;
    }
    return true;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
