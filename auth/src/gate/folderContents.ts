import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Place } from '../access/mention.ts';
import type { Subject } from '../access/subject.ts';
import type { ManifestImage } from '../iiif/folder.ts';
import type { FolderReading } from '../images/manifests/folderManifests.ts';
import type { Judge } from './judge.ts';
import { ManifestImages } from './manifestImages.ts';
import type { FolderVerdict, Refusal } from './verdict.ts';

/** Things decided on without a pause: tiles do not wait for ten thousand of them. */
const TOGETHER = 500;
/** Different views of one folder that are kept, so that many readers of one kind get the same document. */
const VIEWS = 16;

/** What somebody may hear of what is in a folder that they may see. */
export class FolderContents {
  readonly #judge: Judge;
  readonly #images: ManifestImages;
  readonly #views = new WeakMap<readonly ManifestImage[], Map<string, readonly ManifestImage[]>>();

  constructor(judge: Judge) {
    this.#judge = judge;
    this.#images = new ManifestImages(judge);
  }

  /**
   * Without what its rules protect from a reader. `byPlace`: whether something is named for nothing but the place from
   * where the reader asks.
   */
  async of(
    reading: Exclude<FolderReading, Refusal>,
    folder: Place,
    subject: () => Promise<Subject>,
  ): Promise<{ readonly contents: FolderVerdict['contents']; readonly byPlace: boolean }> {
    if (reading.kind === 'handmade') return { contents: reading, byPlace: false };
    if (reading.kind === 'collection') {
      const places = reading.members.map(({ path, real }) => ({ path: real, named: path }));
      const { hidden, byPlace } = await this.#hidden(places.entries(), folder, subject);
      const members = hidden.size === 0 ? reading.members : reading.members.filter((_, index) => !hidden.has(index));
      return { contents: { ...reading, members }, byPlace };
    }
    const { images, guarded } = await this.#images.of(reading.images);
    const { hidden, byPlace } = await this.#hidden(guarded, folder, subject);
    return { contents: { kind: 'manifest', path: reading.path, images: this.#view(images, hidden) }, byPlace };
  }

  /** Which of these may not be named, by their indices. */
  async #hidden(
    places: Iterable<readonly [number, Place]>,
    folder: Place,
    subject: () => Promise<Subject>,
  ): Promise<{ readonly hidden: ReadonlySet<number>; readonly byPlace: boolean }> {
    const hidden = new Set<number>();
    const hiddenPaths = new Set<string>();
    let [asker, count, byPlace]: [Subject | undefined, number, boolean] = [undefined, 0, false];
    for (const [index, place] of places) {
      if (++count % TOGETHER === 0) await othersFirst();
      const path = place.named ?? place.path;
      // A folder comes before what is in it: whoever may not hear of the one hears of it in the path of the other.
      const isBelow = hiddenPaths.size > 0 && path.some((_, end) => hiddenPaths.has(path.slice(0, end).join('/')));
      // What the folder's own rules decide on, they have decided on; of what a link leads out of it to, a share may not be.
      const isDecided = isIn(place.path, folder.path) && this.#judge.areAlike(place, folder);
      if (!isBelow && (isDecided || !this.#judge.isProtected(place))) continue;
      asker ??= await subject();
      const decision = this.#judge.decideOnMention(asker, place);
      if (isBelow || decision.kind !== 'allowed') {
        hidden.add(index);
        hiddenPaths.add(path.join('/'));
      } else byPlace ||= decision.byPlace ?? false;
    }
    return { hidden, byPlace };
  }

  /** The same list for all who see the same. */
  #view(images: readonly ManifestImage[], hidden: ReadonlySet<number>): readonly ManifestImage[] {
    if (hidden.size === 0) return images;
    const views = this.#views.get(images) ?? new Map<string, readonly ManifestImage[]>();
    this.#views.set(images, views);
    const name = [...hidden].join(' ');
    const view = views.get(name) ?? images.filter((_, index) => !hidden.has(index));
    // The newest last: the first is the one that was not asked for for longest.
    views.delete(name);
    views.set(name, view);
    if (views.size > VIEWS) views.delete(views.keys().next().value ?? '');
    return view;
  }
}

function isIn(path: readonly string[], folder: readonly string[]): boolean {
  return folder.every((part, index) => path[index] === part);
}
