import { dirname, join } from 'node:path';
import type { Log } from '../../shared/log.ts';
import { ifThere, ImagesGone, type Disk } from './disk.ts';

/** Folders that are disks or shares of their own; more than anybody has. */
const MOUNTS = 1000;

/** The folder of images: its path without links, and the number of its disk. */
export type Root = { readonly real: string; readonly device: bigint };

/**
 * Whether the images are where they were. A share that is not mounted leaves an empty folder behind, which says of every
 * image that there is none; so what was there before is remembered. Looked at only where nothing is found.
 */
export class Presence {
  readonly #root: string;
  readonly #disk: Disk;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  #expected = false;
  /** Folders, absolute, that were seen to be on another disk than the folder above them. */
  readonly #mounts = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(root: string, disk: Disk, log: Pick<Log, 'info' | 'warn'>) {
    this.#root = root;
    this.#disk = disk;
    this.#log = log;
  }

  /** That there are images: seen by this process, or known from an earlier one. */
  expect(): void {
    this.#expected = true;
  }

  /** That something is at a place below the root, on the disk of number `device`. */
  async seen(root: Root, absolute: string, device: bigint): Promise<void> {
    this.#expected = true;
    let folder = dirname(absolute);
    if (this.#mounts.size >= MOUNTS || this.#isBelowMount(folder)) return;
    if (root.device === device) return;
    while (folder.length > root.real.length) {
      if (await this.#isMount(folder)) this.#mounts.add(folder);
      folder = dirname(folder);
    }
  }

  /** To be asked where there is nothing at a place. @throws ImagesGone where that is no wonder */
  async check(root: string, absolute = root): Promise<void> {
    const gone = (await this.#isRootGone(root)) ? root : await this.#goneMount(absolute);
    if (gone !== undefined) throw new ImagesGone(`${gone} is not mounted`);
  }

  async #isRootGone(root: string): Promise<boolean> {
    const gone = this.#expected && (await this.#isEmpty(root));
    const again = 'If it is meant to be empty, put any file into it.';
    this.#say(
      this.#root,
      gone,
      `IMAGE_DIR ${this.#root} is empty, and there were images in it: is its disk or share mounted? Until something is in it the answer is 503. ${again}`,
    );
    return gone;
  }

  async #goneMount(absolute: string): Promise<string | undefined> {
    for (const folder of this.#mounts) {
      if (!isWithin(absolute, folder)) continue;
      const gone = !(await this.#isMount(folder)) && (await this.#isEmpty(folder));
      this.#say(
        folder,
        gone,
        `${folder} is empty, and it was a disk or share of its own: is it mounted? Until something is in it the answer is 503.`,
      );
      if (gone) return folder;
    }
    return undefined;
  }

  #isBelowMount(absolute: string): boolean {
    return [...this.#mounts].some((folder) => isWithin(absolute, folder));
  }

  async #isMount(folder: string): Promise<boolean> {
    const [own, above] = await Promise.all([folder, dirname(folder)].map((path) => ifThere(this.#disk.stat(path))));
    return own !== undefined && own.dev !== above?.dev;
  }

  async #isEmpty(folder: string): Promise<boolean> {
    const entries = await ifThere(this.#disk.walk(folder));
    if (!entries) return false;
    for await (const _entry of entries) return false;
    return true;
  }

  /** Once for each change. */
  #say(folder: string, gone: boolean, message: string): void {
    if (gone === this.#gone.has(folder)) return;
    if (gone) {
      this.#gone.add(folder);
      this.#log.warn({ folder }, message);
    } else {
      this.#gone.delete(folder);
      this.#log.info({ folder }, `${folder} is there again`);
    }
  }
}

function isWithin(absolute: string, folder: string): boolean {
  return `${absolute}/`.startsWith(join(folder, '/'));
}
