import { isDeepStrictEqual } from 'node:util';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Place } from '../access/mention.ts';
import type { AccessMethod } from '../access/rules.ts';
import type { ManifestImage } from '../iiif/folder.ts';
import type { FolderImage } from '../images/facts/folderImages.ts';
import type { Judge } from './judge.ts';

/** Images looked at without a pause: tiles do not wait for a hundred thousand of them. */
const TOGETHER = 500;

/** `guarded`: by index, the place of each that is not open to everybody and that rules protect. */
type Found = {
  readonly images: readonly ManifestImage[];
  readonly guarded: readonly (readonly [number, Place])[];
};

/**
 * The images of folders, each with its access method. Found out once for the rules in force and each reading of a folder (`images/manifests/keptReadings.ts`
 * keeps those of large ones for a minute at most), in slices, and the same list for all who ask.
 */
export class ManifestImages {
  readonly #judge: Pick<Judge, 'accessMethodOf' | 'isProtected' | 'rules'>;
  #found = new WeakMap<readonly FolderImage[], Promise<Found>>();
  #rules: object | undefined;

  constructor(judge: Pick<Judge, 'accessMethodOf' | 'isProtected' | 'rules'>) {
    this.#judge = judge;
  }

  /** In the order of the folder. */
  of(images: readonly FolderImage[]): Promise<Found> {
    const { rules } = this.#judge;
    if (rules !== this.#rules) this.#found = new WeakMap();
    this.#rules = rules;
    const known = this.#found.get(images);
    if (known) return known;
    const finding = this.#find(images);
    this.#found.set(images, finding);
    return finding;
  }

  async #find(images: readonly FolderImage[]): Promise<Found> {
    const found: ManifestImage[] = [];
    const guarded: [number, Place][] = [];
    let accessMethod: AccessMethod | undefined;
    for (const { path, real, width, height } of images) {
      const place = { path: real, named: path };
      const own = this.#judge.accessMethodOf(place);
      // Neighbours share one: there are few in a folder.
      if (!accessMethod || !isDeepStrictEqual(own, accessMethod)) accessMethod = Object.freeze(own);
      if (own.kind !== 'open' && this.#judge.isProtected(place)) guarded.push([found.length, place]);
      found.push({ path, width, height, accessMethod });
      if (found.length % TOGETHER === 0) await othersFirst();
    }
    return { images: found, guarded };
  }
}
