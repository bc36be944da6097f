import { readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { localDisk, type Disk } from '../../src/images/catalogue/disk.ts';

/**
 * A disk as vfat, CIFS and macOS have it, over a folder of one that is exact: a file is found in capitals or not, with
 * its accents composed or not, with dots and blanks behind its name, and by the short name that DOS would see. Where
 * something is is answered in the words of the question, as FUSE and CIFS do; only a listing has the stored names.
 */
export class FoldingDisk implements Disk {
  /** Folders that were listed, absolute. */
  readonly listed: string[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = realpathSync(root);
  }

  stat = (path: string) => localDisk.stat(this.#stored(path));
  lstat = (path: string) => localDisk.lstat(this.#stored(path));
  walk = (path: string) => localDisk.walk(this.#stored(path));
  names = (path: string) => {
    this.listed.push(path);
    return localDisk.names(this.#stored(path));
  };
  realpath = async (path: string) => {
    const stored = this.#stored(path);
    const real = await localDisk.realpath(stored);
    return real === stored ? path : real;
  };

  #stored(path: string): string {
    const parts = relative(this.#root, path).split(sep).filter(Boolean);
    return parts.reduce((folder, name) => join(folder, storedName(folder, name)), this.#root);
  }
}

function storedName(folder: string, name: string): string {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return name;
  }
  const exact = names.includes(name) ? name : undefined;
  return exact ?? names.find((one) => folded(one) === folded(name) || shortName(one) === name.toUpperCase()) ?? name;
}

function folded(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[. ]+$/, '');
}

/** `averylongname.tiff` is `AVERYL~1.TIF` to DOS. */
function shortName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot, dot + 4)] : [name, ''];
  return `${stem.slice(0, 6)}~1${extension}`.toUpperCase();
}
