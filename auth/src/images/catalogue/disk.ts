import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, opendir, readdir, realpath, stat } from 'node:fs/promises';

/** What is asked of the file system. A test may put another kind of disk in its place. */
export type Disk = {
  readonly stat: (path: string) => Promise<BigIntStats>;
  readonly lstat: (path: string) => Promise<BigIntStats>;
  /** Without links; on some disks that ignore case in the spelling that was asked for, not in the one that is stored. */
  readonly realpath: (path: string) => Promise<string>;
  /** The names in a folder, as they are stored. */
  readonly names: (path: string) => Promise<readonly string[]>;
  /** What is in a folder, one after the other. */
  readonly walk: (path: string) => Promise<AsyncIterable<Dirent>>;
};

export const localDisk: Disk = {
  stat: (path) => stat(path, { bigint: true }),
  lstat: (path) => lstat(path, { bigint: true }),
  realpath: (path) => realpath(path),
  names: (path) => readdir(path),
  walk: (path) => opendir(path, { bufferSize: 500 }),
};

/** The folder of images cannot be read at all. A broken dependency, so an exception; `web/` answers 503. */
export class ImagesUnavailable extends Error {
  override readonly name = 'ImagesUnavailable';
}

/** The same, where it is plain why, and the log says so once. */
export class ImagesGone extends ImagesUnavailable {}

/** What says that there is nothing for us at a path; every other failure is one of the disk, or of the share. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'EPERM']);

/** `undefined` where there is nothing for us. @throws ImagesUnavailable where the disk cannot say */
export async function ifThere<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new ImagesUnavailable('the disk does not answer', { cause: error });
  }
}
