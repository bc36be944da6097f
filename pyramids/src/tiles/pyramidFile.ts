import { constants, type Stats } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { Malformed, type Bytes } from './bytes.ts';
import type { Level } from './tiff/level.ts';
import { readLevels } from './tiff/levels.ts';

/** What is no file may be a pipe, and to open one waits for its other end. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;
/** For so long (ms) it is believed that a file is still the one that was opened. */
const TRUST = 1000;

/** A pyramid that is open. Who asks for it takes hold of it, and lets it go. */
export class PyramidFile implements Bytes {
  readonly length: number;
  /** The largest first. */
  levels: readonly Level[] = [];
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #state: string;
  #checked = Date.now();
  #holders = 1;

  private constructor(path: string, handle: FileHandle, stats: Stats) {
    this.#path = path;
    this.#handle = handle;
    this.#state = stateOf(stats);
    this.length = stats.size;
  }

  /**
   * Opens a file that is, after all links, below one of the folders, and reads its directories. Throws `Malformed`, and
   * what the file system throws.
   *
   * @returns undefined where there is none
   */
  static async open(path: string, folders: readonly string[]): Promise<PyramidFile | undefined> {
    const handle = await open(path, FLAGS).catch(unlessMissing);
    if (!handle) return undefined;
    try {
      const stats = await handle.stat();
      // What was opened, not what the path means by now.
      const real = await readlink(`/proc/self/fd/${handle.fd}`);
      if (!stats.isFile() || !(await isBelow(real, folders))) {
        await handle.close();
        return undefined;
      }
      const file = new PyramidFile(path, handle, stats);
      file.levels = await readLevels(file);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async fill(buffer: Buffer, at: number): Promise<void> {
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, at);
    if (bytesRead < buffer.length) throw new Malformed('it ends too early');
  }

  /** Whether the file is still there as it was opened: not removed, replaced or written to. */
  async isCurrent(): Promise<boolean> {
    const now = Date.now();
    if (now - this.#checked < TRUST) return true;
    const stats = await stat(this.#path).catch(unlessMissing);
    if (!stats || stateOf(stats) !== this.#state) return false;
    this.#checked = now;
    return true;
  }

  hold(): void {
    this.#holders += 1;
  }

  async release(): Promise<void> {
    this.#holders -= 1;
    if (this.#holders === 0) await this.#handle.close();
  }
}

function stateOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

function unlessMissing(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ELOOP') throw error;
}

async function isBelow(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(unlessMissing)));
  return real.some((folder) => folder !== undefined && path.startsWith(folder.replace(/\/?$/, '/')));
}
