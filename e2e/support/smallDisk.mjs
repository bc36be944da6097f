import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} SmallDisk
 * @property {string} folder
 * @property {(left?: number) => void} fill leaves so many bytes
 * @property {() => void} free makes room again
 * @property {() => number} bytesFree
 * @property {() => void} remove
 */

/**
 * A disk of its own, in memory, that can be filled to the brim; root alone may have one.
 * @param {string} size as mount takes it: 48m
 * @param {number} [user] whose it is
 * @returns {SmallDisk | undefined} undefined where this machine does not let us
 */
export function smallDisk(size, user = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-disk-'));
  try {
    const options = `size=${size},uid=${user},gid=${user},mode=755`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  const bytesFree = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  const filler = join(folder, 'filler');
  return {
    folder,
    fill(left = 0) {
      rmSync(filler, { force: true });
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, bytesFree() - left)));
      } catch (error) {
        // Somebody else has written meanwhile, so it is full all the same.
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOSPC') throw error;
      }
    },
    bytesFree,
    free: () => {
      rmSync(filler, { force: true });
    },
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      rmdirSync(folder);
    },
  };
}
