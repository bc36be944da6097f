import { LRUCache } from 'lru-cache';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Dimensions } from '../iiif/geometry.ts';
import { isSafeName } from '../iiif/identifier.ts';
import type { Catalogue, Folder, ImageFile } from './catalogue.ts';
import { factKey, versionOf, type Facts, type FactStore } from './facts.ts';
import type { ImageServer, Master } from './imageServer.ts';
import type { Answer, ImageServerClient } from './imageServerClient.ts';
import { Together } from './together.ts';

/** Questions to the image server at a time, for folders and for single images: tiles have the first claim on it. */
const AT_ONCE = 6;
const SIZES_KEPT = 200_000;
/** Milliseconds. A file that is just being copied is broken now and whole in a moment. */
const BROKEN_FOR = 10_000;
/** Files of one folder that may each be what the image server cannot bear; more, and it is the server. */
const SILENCES = 3;
/** Sizes asked for a folder as soon as somebody wants it; where more are unknown it is read with few others at a time. */
const ASKED_AT_ONCE = 500;
const LONG_READINGS = 4;

const NOT_ASKED: Answer<never> & { kind: 'unavailable' } = { kind: 'unavailable', reason: 'not asked' };

export type FolderImage = Dimensions & Pick<ImageFile, 'path' | 'real'>;

type Keyed = { readonly file: ImageFile; readonly key: string };

type Log = { warn(fields: object, message: string): void };

/** The images and what is known of them: sizes are asked from the image server once for each state of a file, and kept. */
export class Library {
  readonly #catalogue: Catalogue;
  readonly #server: ImageServer;
  readonly #client: ImageServerClient;
  readonly #store: FactStore;
  readonly #log: Log;
  /** Two queues: who looks at an image does not wait until all of a large folder are known. */
  readonly #folderQueue = pLimit(AT_ONCE);
  readonly #imageQueue = pLimit(AT_ONCE);
  readonly #longReadings = pLimit(LONG_READINGS);
  readonly #sizes = new LRUCache<string, Dimensions>({ max: SIZES_KEPT });
  readonly #broken = new LRUCache<string, Facts>({ max: 10_000, ttl: BROKEN_FOR });
  readonly #rendered = new LRUCache<string, true>({ max: SIZES_KEPT });
  readonly #asking = new Together<Facts>();
  readonly #named = new LRUCache<string, true>({ max: SIZES_KEPT });

  constructor(catalogue: Catalogue, server: ImageServer, client: ImageServerClient, store: FactStore, log: Log) {
    this.#catalogue = catalogue;
    this.#server = server;
    this.#client = client;
    this.#store = store;
    this.#log = log;
  }

  /** What is known of a file that is about to be shown: its size, and that it can be rendered. */
  async facts(file: ImageFile): Promise<Facts> {
    const key = factKey(this.#server.name, file);
    const size = this.#sizes.get(key);
    if (size && this.#rendered.has(key)) return { kind: 'image', ...size, version: versionOf(key) };
    return this.#asking.do(key, async () => {
      await this.#recall([key]);
      const facts = await this.#sized(key, file, this.#imageQueue);
      if (facts.kind !== 'image' || this.#rendered.has(key)) return facts;
      const trial = await this.#imageQueue(() => this.#client.trial(masterOf(file, key), facts));
      if (trial.kind !== 'ok') return this.#failed(key, file, trial);
      this.#rendered.set(key, true);
      return facts;
    });
  }

  /**
   * The images of a folder that have a size, in its order; the others are named in the log. `unavailable` where the
   * image server does not answer: half a manifest would look like a whole one.
   */
  async folderImages(folder: Folder): Promise<readonly FolderImage[] | 'unavailable'> {
    this.namePassedOver(folder);
    const images = await this.#read(folder, ASKED_AT_ONCE);
    return images === 'long' ? this.#longReadings(() => this.#read(folder)) : images;
  }

  /** In parts, so that a large folder takes little memory while it is read. `long` where it takes more questions than `most`. */
  async #read(folder: Folder): Promise<readonly FolderImage[] | 'unavailable'>;
  async #read(folder: Folder, most: number): Promise<readonly FolderImage[] | 'unavailable' | 'long'>;
  async #read(folder: Folder, most = Infinity): Promise<readonly FolderImage[] | 'unavailable' | 'long'> {
    const images: FolderImage[] = [];
    const unanswered: ImageFile[] = [];
    let witness: Keyed | undefined;
    let asked = 0;
    for await (const files of this.#catalogue.files(folder)) {
      const keyed = files.map((file) => ({ file, key: factKey(this.#server.name, file) }));
      const unknown = await this.#unknown(keyed);
      asked += unknown.length;
      if (asked > most) return 'long';
      await this.#askSizes(unknown, unanswered);
      if (unanswered.length > SILENCES) return 'unavailable';
      for (const { file, key } of keyed) {
        const size = this.#sizes.get(key);
        if (!size) continue;
        witness ??= { file, key };
        images.push({ path: file.path, real: file.real, width: size.width, height: size.height });
      }
    }
    if (unanswered.length > 0) {
      // One file can be what makes the image server fall silent; that it answers for another one tells the two apart.
      const alive =
        witness !== undefined && (await this.#client.size(masterOf(witness.file, witness.key))).kind === 'ok';
      if (!alive) return 'unavailable';
      for (const file of unanswered) this.#nameBroken(file, 'the image server does not survive it');
    }
    return images;
  }

  async #unknown(files: readonly Keyed[]): Promise<Keyed[]> {
    await this.#recall(files.map(({ key }) => key).filter((key) => !this.#sizes.has(key)));
    return files.filter(({ key }) => !this.#sizes.has(key));
  }

  /** Says once in the log which files of a folder are not served, and what to do. */
  namePassedOver(folder: Folder): void {
    for (const name of folder.passedOver) {
      const file = this.#catalogue.describe([...folder.path, name]);
      const remedy = isSafeName(name) ? this.#server.remedy : undefined; // the other is to be renamed, as it says
      this.nameOnce(file, `${file} is not served: ${whyPassedOver(name)}`, remedy);
    }
  }

  /** A line in the log about a file, once as long as it is remembered. */
  nameOnce(file: string, message: string, remedy?: string): void {
    if (this.#named.has(file)) return;
    this.#named.set(file, true);
    this.#log.warn({ file, ...(remedy !== undefined && { remedy }) }, message);
  }

  /** Asks the sizes of some files and keeps them; those for which no answer came are added to `unanswered`. */
  async #askSizes(unknown: readonly Keyed[], unanswered: ImageFile[]): Promise<void> {
    const asked = new Map<string, Dimensions>();
    await Promise.all(
      unknown.map(async ({ file, key }) => {
        // A silent image server is not asked ten thousand times.
        const facts = await this.#sized(key, file, this.#folderQueue, () => unanswered.length > SILENCES);
        if (facts.kind === 'image') asked.set(key, facts);
        if (facts.kind === 'unavailable') unanswered.push(file);
      }),
    );
    await this.#keep(asked);
  }

  async #sized(key: string, file: ImageFile, queue: LimitFunction, stop = (): boolean => false): Promise<Facts> {
    const size = this.#sizes.get(key);
    if (size) return { kind: 'image', ...size, version: versionOf(key) };
    const broken = this.#broken.get(key);
    if (broken) return broken;
    const answer = await queue(() => (stop() ? NOT_ASKED : this.#client.size(masterOf(file, key))));
    if (answer.kind !== 'ok') return this.#failed(key, file, answer);
    this.#sizes.set(key, answer.value);
    return { kind: 'image', ...answer.value, version: versionOf(key) };
  }

  #failed(key: string, file: ImageFile, answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Facts {
    const facts: Facts = { kind: answer.kind, reason: answer.reason };
    if (answer.kind === 'unavailable') {
      if (answer !== NOT_ASKED) this.#log.warn({ reason: answer.reason }, 'the image server does not answer');
      return facts;
    }
    this.#broken.set(key, facts);
    if (answer.kind === 'unreadable') this.#nameBroken(file, answer.reason);
    else this.#name(file, `cannot be read by the image server: ${answer.reason}`);
    return facts;
  }

  #nameBroken(file: ImageFile, reason: string): void {
    this.#name(file, `is broken or cannot be opened: ${reason}`);
  }

  #name(file: ImageFile, what: string): void {
    const name = this.#catalogue.describe(file.real);
    this.nameOnce(name, `${name} ${what}`, this.#server.remedy);
  }

  /** Sizes from the store. A store that does not answer costs questions to the image server, not the answer. */
  async #recall(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    try {
      for (const [key, size] of await this.#store.load(keys)) this.#sizes.set(key, size);
    } catch (error) {
      this.#log.warn({ err: error }, 'kept image sizes cannot be read');
    }
  }

  async #keep(sizes: ReadonlyMap<string, Dimensions>): Promise<void> {
    if (sizes.size === 0) return;
    try {
      await this.#store.save(sizes);
    } catch (error) {
      this.#log.warn({ err: error }, 'image sizes cannot be kept');
    }
  }
}

function whyPassedOver(name: string): string {
  return isSafeName(name)
    ? 'the image server in use does not read files of this kind'
    : 'its name holds a character that cannot be part of an address; rename it, in UTF-8, without % + ? # ; & ! \\ and control characters';
}

function masterOf({ real }: ImageFile, key: string): Master {
  return { path: real, version: versionOf(key) };
}
