import { isDeepStrictEqual } from 'node:util';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { AccessMethod } from '../access/rules.ts';
import type { ManifestImage } from '../iiif/folder.ts';
import type { FolderImage } from '../images/facts/folderImages.ts';
import type { Judge } from './judge.ts';

/** Images looked at without a pause: tiles do not wait for a hundred thousand of them. */
const TOGETHER = 500;

/**
 * The images of folders, each with its access method. Found out once for the rules in force and each reading of a folder (`images/manifests/keptReadings.ts`
 * keeps those of large ones for a minute at most), in slices, and the same list for all who ask.
 */
export class ManifestImages {
  readonly #judge: Pick<Judge, 'accessMethodOf' | 'rules'>;
  #found = new WeakMap<readonly FolderImage[], Promise<readonly ManifestImage[]>>();
  #rules: object | undefined;

  constructor(judge: Pick<Judge, 'accessMethodOf' | 'rules'>) {
    this.#judge = judge;
  }

  /** In the order of the folder. */
  of(images: readonly FolderImage[]): Promise<readonly ManifestImage[]> {
    const { rules } = this.#judge;
    if (rules !== this.#rules) this.#found = new WeakMap();
    this.#rules = rules;
    const known = this.#found.get(images);
    if (known) return known;
    const finding = this.#find(images);
    this.#found.set(images, finding);
    return finding;
  }

  async #find(images: readonly FolderImage[]): Promise<readonly ManifestImage[]> {
    const found: ManifestImage[] = [];
    let accessMethod: AccessMethod | undefined;
    for (const { path, real, width, height } of images) {
      const own = this.#judge.accessMethodOf({ path: real, named: path });
      // Neighbours share one: there are few in a folder.
      if (!accessMethod || !isDeepStrictEqual(own, accessMethod)) accessMethod = Object.freeze(own);
      found.push({ path, width, height, accessMethod });
      if (found.length % TOGETHER === 0) await othersFirst();
    }
    return found;
  }
}
