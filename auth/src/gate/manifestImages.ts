import { isDeepStrictEqual } from 'node:util';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { AccessMethod } from '../access/rules.ts';
import type { ManifestImage } from '../iiif/folder.ts';
import type { FolderImage } from '../images/facts/folderImages.ts';

/** Images looked at without a pause: tiles do not wait for a hundred thousand of them. */
const TOGETHER = 500;

/**
 * The images of folders, each with its access method. Found out once for each reading of a folder (`images/manifests/keptReadings.ts`
 * keeps those of large ones for a minute at most), in slices, and the same list for all who ask.
 */
export class ManifestImages {
  readonly #accessMethodOf: (path: readonly string[]) => AccessMethod;
  readonly #found = new WeakMap<readonly FolderImage[], Promise<readonly ManifestImage[]>>();

  /** `accessMethodOf`: by the real path of an image. */
  constructor(accessMethodOf: (path: readonly string[]) => AccessMethod) {
    this.#accessMethodOf = accessMethodOf;
  }

  /** In the order of the folder. */
  of(images: readonly FolderImage[]): Promise<readonly ManifestImage[]> {
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
      const own = this.#accessMethodOf(real);
      // Neighbours share one: there are few in a folder.
      if (!accessMethod || !isDeepStrictEqual(own, accessMethod)) accessMethod = Object.freeze(own);
      found.push({ path, width, height, accessMethod });
      if (found.length % TOGETHER === 0) await othersFirst();
    }
    return found;
  }
}
