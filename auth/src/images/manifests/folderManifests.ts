import type { FolderMember } from '../../iiif/folder.ts';
import { formatIdentifier, parseIdentifier } from '../../iiif/identifier.ts';
import type { Clock } from '../../shared/clock.ts';
import { good, type Parsed } from '../../shared/result.ts';
import { SingleFlight } from '../../shared/singleFlight.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Folder } from '../catalogue/listing.ts';
import type { FolderImage, FolderImages } from '../facts/folderImages.ts';
import type { UnservedLog } from '../facts/unservedLog.ts';
import { CollectionMembers } from './collectionMembers.ts';
import type { Handmade, HandmadeManifest } from './handmade.ts';
import { KeptReadings, stampOf } from './keptReadings.ts';

/** Parts of the path that identifies it, and of the one where it really lies. */
type FolderPaths = Pick<Folder, 'path' | 'real'>;

export type FolderReading =
  | (FolderPaths & { readonly kind: 'manifest'; readonly images: readonly FolderImage[] })
  | (FolderPaths & { readonly kind: 'collection'; readonly members: readonly FolderMember[] })
  | (FolderPaths & Extract<HandmadeManifest, { readonly kind: 'handmade' }>)
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string };

/**
 * The images that lie in the root folder itself, beside other folders: the root is a collection then, and its own
 * images are one manifest in it. As an identifier: `!`.
 */
const ROOTS_OWN: readonly string[] = ['', ''];

/** The folders, and files of several pages, as manifests and collections. A file made by hand comes before what would be made from the folder. */
export class FolderManifests {
  readonly #catalogue: Catalogue;
  readonly #folderImages: FolderImages;
  readonly #unserved: UnservedLog;
  readonly #handmade: Handmade | undefined;
  readonly #members: CollectionMembers;
  /** What a folder holds is the same for everybody; what a visitor may see of it is decided elsewhere. */
  readonly #reading = new SingleFlight<FolderReading>();
  readonly #kept: KeptReadings<FolderReading>;

  /** `handmade`: undefined where there is no folder of manifests made by hand. */
  constructor(
    catalogue: Catalogue,
    folderImages: FolderImages,
    unserved: UnservedLog,
    handmade: Handmade | undefined,
    now: Clock,
  ) {
    this.#catalogue = catalogue;
    this.#folderImages = folderImages;
    this.#unserved = unserved;
    this.#handmade = handmade;
    this.#members = new CollectionMembers(catalogue, folderImages, unserved);
    this.#kept = new KeptReadings<FolderReading>(
      (path) => stampOf(catalogue.describe(path)),
      (reading) => (reading.kind === 'manifest' ? reading.images.length : 0),
      now,
    );
  }

  /** Reads the identifier of a manifest; unlike an image's it may be empty. */
  parse(rawIdentifier: string): Parsed<readonly string[]> {
    if (rawIdentifier === '') return good([]);
    if (rawIdentifier === formatIdentifier(ROOTS_OWN)) return good(ROOTS_OWN);
    return parseIdentifier(rawIdentifier);
  }

  /**
   * What the folder of this path is in one version of the Presentation API; a file made by hand counts in the version that
   * it is written in. @throws ImagesUnavailable
   */
  async contents(path: readonly string[], version: 2 | 3): Promise<FolderReading> {
    const byHand = await this.#readHandmade(path, version);
    if (byHand) return byHand;
    return this.#reading.do(path.join('/'), () => this.#kept.get(path, () => this.#read(path)));
  }

  async #read(path: readonly string[]): Promise<FolderReading> {
    const own = path === ROOTS_OWN;
    const folder = await this.#catalogue.folder(own ? [] : path);
    if (!folder) return this.#document(path);
    const isRoot = path.length === 0;
    const documents = folder.images.length > 0 && !own ? await this.#folderImages.documents(folder) : [];
    const holdsMore = folder.folders.length + documents.length > 0;
    if (folder.images.length > 0 && !(isRoot && holdsMore)) {
      const manifest = await this.#manifest(path, folder);
      // Where none of the images can be shown, the folders are left.
      if (manifest.kind === 'manifest' || own || !holdsMore) return manifest;
    }
    this.#unserved.folder(folder);
    if (own || (!holdsMore && !isRoot)) return missing('The folder of this identifier holds no images.');
    const members = [...(await this.#rootsOwn(folder)), ...(await this.#members.of(folder))];
    return { kind: 'collection', path, real: folder.real, members };
  }

  /** A file of several pages is a folder of them. */
  async #document(path: readonly string[]): Promise<FolderReading> {
    const file = await this.#catalogue.find(path);
    const images = file.kind === 'file' && file.page === 0 ? await this.#folderImages.pagesOf(file) : [];
    return file.kind === 'file' && images.length > 0
      ? { kind: 'manifest', path: file.path, real: file.real, images }
      : missing('There is no folder of this identifier.');
  }

  async #manifest(path: readonly string[], folder: Folder): Promise<FolderReading> {
    const images = await this.#folderImages.of(folder);
    return images.length > 0
      ? { kind: 'manifest', path, real: folder.real, images }
      : missing('The folder of this identifier holds no images that can be read; the log names them.');
  }

  async #rootsOwn(folder: Folder): Promise<FolderMember[]> {
    const holdsImages = folder.path.length === 0 && folder.images.length > 0 && (await this.#folderImages.any(folder));
    return holdsImages
      ? [{ kind: 'manifest', path: ROOTS_OWN, real: folder.real, label: 'Images outside of any folder' }]
      : [];
  }

  async #readHandmade(path: readonly string[], version: 2 | 3): Promise<FolderReading | undefined> {
    const found = path === ROOTS_OWN ? undefined : await this.#handmade?.read(path, version);
    if (found?.kind === 'handmade') return { ...found, path, real: (await this.#catalogue.realOf(path)) ?? path };
    if (!found) return undefined;
    this.#unserved.once(found.file, `${found.file} cannot be served: ${found.reason}`);
    return { kind: 'unreadable', message: 'The manifest made by hand cannot be read; the log names it.' };
  }
}

function missing(message: string): FolderReading {
  return { kind: 'missing', message };
}
