import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { pictureKey, type Picture } from '../picture.ts';
import type { Facts, Pages } from '../pyramids/answers.ts';
import { MOST_AT_ONCE, type Master, type PyramidsClient, type Silent, type Wish } from '../pyramids/client.ts';
import type { KeptFacts } from './keptFacts.ts';
import type { UnservedLog } from './unservedLog.ts';

const KEPT = 200_000;
/** Folders of which it is known which of their files have several pages. */
const FOLDERS_KEPT = 20_000;
/** Milliseconds. A file that is just being copied is broken now and whole in a moment. */
const BROKEN_FOR = 10_000;

/** An image, and the name of the state that its file is in. */
export type Keyed = { readonly file: Picture; readonly key: string };

export type Unservable = Exclude<Facts, { kind: 'picture' }>;

/** What headers say: each is asked for once for each state of its file. Files that are not served are named in the log. */
export class KnownFacts {
  readonly #client: Pick<PyramidsClient, 'facts'>;
  readonly #kept: KeptFacts;
  readonly #unserved: UnservedLog;
  readonly #unservable = new LRUCache<string, Unservable>({ max: KEPT });
  /** Names of files that were seen to have several pages, by the folders that they really lie in. */
  readonly #several = new LRUCache<string, Set<string>>({ max: FOLDERS_KEPT });

  constructor(client: Pick<PyramidsClient, 'facts'>, kept: KeptFacts, unserved: UnservedLog) {
    this.#client = client;
    this.#kept = kept;
    this.#unserved = unserved;
  }

  keyed(file: Picture): Keyed {
    return { file, key: pictureKey(file) };
  }

  /** The pages of a file; `undefined` where they are not known, or the file is not served. */
  pages({ key }: Keyed): Pages | undefined {
    return this.#unservable.has(key) ? undefined : this.#kept.get(key);
  }

  /** Why a file is not served, as far as it is known. */
  unservable({ key }: Keyed): Unservable | undefined {
    return this.#unservable.get(key);
  }

  /** Those of which neither the pages nor that they are not served is known. */
  async unknown(images: readonly Keyed[]): Promise<Keyed[]> {
    const isUnknown = ({ key }: Keyed): boolean => !this.#kept.has(key) && !this.#unservable.has(key);
    await this.#kept.load(images.filter(isUnknown).map(({ key }) => key));
    for (const image of images) this.#noteSeveral(image, this.#kept.get(image.key));
    return images.filter(isUnknown);
  }

  /** Names in a folder, by where it really lies, of files that were seen to have several pages. */
  severalIn(folder: readonly string[]): ReadonlySet<string> {
    return this.#several.get(folder.join('/')) ?? new Set();
  }

  /** Asks about files and remembers the answers; `silent` where there was none. */
  async ask(images: readonly Keyed[], wish: Wish): Promise<Silent | undefined> {
    const answer = await this.#ask(images, wish, true);
    return 'kind' in answer ? answer : undefined;
  }

  /**
   * The same of files that nobody wants to see: the store has them then, and memory no more than before. Answers how many
   * pages there are in all.
   */
  async survey(images: readonly Keyed[], wish: Wish): Promise<{ readonly pages: number } | Silent> {
    return this.#ask(images, wish, false);
  }

  async #ask(images: readonly Keyed[], wish: Wish, inMemory: boolean): Promise<{ readonly pages: number } | Silent> {
    let count = 0;
    for (let from = 0; from < images.length; from += MOST_AT_ONCE) {
      const some = images.slice(from, from + MOST_AT_ONCE);
      const answer = await this.#client.facts(some.map(masterOf), wish);
      if ('kind' in answer) return answer;
      const elsewhere = inMemory ? [] : some.map(({ key }) => key).filter((key) => !this.#kept.has(key));
      const stored = await this.#kept.stored(elsewhere);
      const pages = new Map<string, Pages>();
      for (const [index, facts] of answer.entries()) {
        const image = some[index];
        if (image === undefined) continue;
        if (facts.kind !== 'picture') this.refuse(image, facts);
        else {
          this.#unservable.delete(image.key);
          this.#noteSeveral(image, facts.pages);
          // What is known may have become another by a setting: PDF_DPI, IMAGE_SERVER.
          const before = this.#kept.get(image.key) ?? stored.get(image.key);
          if (!isDeepStrictEqual(before, facts.pages)) pages.set(image.key, facts.pages);
          count += facts.pages.length;
        }
      }
      await this.#kept.save(pages, inMemory);
    }
    return { pages: count };
  }

  #noteSeveral({ file: { real } }: Keyed, pages: Pages | undefined): void {
    if (pages === undefined || pages.length === 1) return;
    const folder = real.slice(0, -1).join('/');
    const names = this.#several.get(folder) ?? new Set();
    this.#several.set(folder, names.add(real.at(-1) ?? ''));
  }

  /** Remembers that a file is not served, and says so. */
  refuse({ file, key }: Keyed, why: Unservable): void {
    const broken = why.kind === 'unreadable';
    this.#unservable.set(key, why, { ttl: broken ? BROKEN_FOR : 0 });
    this.#unserved.image(file, `${broken ? 'cannot be read' : 'is not served'}: ${why.reason}`, why.remedy);
  }
}

/** As the service knows it. */
export function masterOf({ file, key }: Keyed): Master {
  return { key, path: file.real.join('/'), state: file.state };
}
