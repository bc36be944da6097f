import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A volume of pyramids and a folder of images, both empty, in a folder of their own. */
export class Volume {
  readonly folder = mkdtempSync(join(tmpdir(), 'pyramids-'));
  readonly volume = join(this.folder, 'volume');
  readonly images = join(this.folder, 'images');

  constructor() {
    mkdirSync(join(this.volume, 'ab'), { recursive: true });
    mkdirSync(this.images);
  }

  /** An address in the volume: `ab/…`. */
  static source(index = 0): string {
    return `ab/${String(index).padStart(62, '0')}-0.tif`;
  }

  pyramid(source = Volume.source()): string {
    return join(this.volume, source);
  }

  master(name: string): string {
    return join(this.images, name);
  }

  /** Paths of the files in it that this process has open. */
  open(): string[] {
    return readdirSync('/proc/self/fd')
      .map((number) => {
        try {
          return readlinkSync(`/proc/self/fd/${number}`);
        } catch {
          // The one that was open to read the list.
          return '';
        }
      })
      .filter((path) => path.startsWith(this.folder));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
