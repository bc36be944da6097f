import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk in a file, of a kind that ignores case. Debian's packages exfat-fuse, exfatprogs; root; FUSE and loop devices. */
export class ExfatDisk {
  readonly mounted: string;
  readonly #folder: string;
  readonly #device: string;

  /** @returns a mounted disk, or the reason why there can be none on this computer */
  static make(): ExfatDisk | string {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-exfat-'));
    try {
      return new ExfatDisk(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      return String(error).split('\n', 1)[0] ?? '';
    }
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.mounted = join(folder, 'mounted');
    mkdirSync(this.mounted);
    const image = join(folder, 'disk');
    run('truncate', '--size=16M', image);
    run('mkfs.exfat', image);
    this.#device = run('losetup', '--find', '--show', image).trim();
    try {
      run('mount.exfat-fuse', this.#device, this.mounted);
    } catch (error) {
      run('losetup', '--detach', this.#device);
      throw error;
    }
  }

  remove(): void {
    run('umount', this.mounted);
    run('losetup', '--detach', this.#device);
    rmSync(this.#folder, { recursive: true });
  }
}

function run(program: string, ...words: string[]): string {
  const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  return execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe', env: { PATH } });
}
