import pLimit from 'p-limit';
import type { FolderMember } from '../../iiif/folder.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Folder } from '../catalogue/listing.ts';
import { naturally } from '../catalogue/names.ts';
import type { FolderImages } from '../facts/folderImages.ts';
import type { UnservedLog } from '../facts/unservedLog.ts';

type Outline = Pick<Folder, 'real' | 'folders'> & {
  readonly holdsImages: boolean;
  readonly documents: readonly FolderMember[];
};

/** Folders looked into at a time, to see what they are. */
const AT_ONCE = 8;

/**
 * What a collection lists. A folder of images is a manifest, and so is a file of several pages; the folders and such files
 * in a folder of images are listed beside it.
 */
export class CollectionMembers {
  readonly #catalogue: Catalogue;
  readonly #folderImages: FolderImages;
  readonly #unserved: UnservedLog;

  constructor(catalogue: Catalogue, folderImages: FolderImages, unserved: UnservedLog) {
    this.#catalogue = catalogue;
    this.#folderImages = folderImages;
    this.#unserved = unserved;
  }

  /** The members for the folders in a folder, and for its files of several pages, in its order. @throws ImagesUnavailable */
  async of(folder: Folder): Promise<FolderMember[]> {
    const limit = pLimit(AT_ONCE);
    const members = await Promise.all(
      folder.folders.map((name) => this.#memberAndInner([...folder.path, name], [folder.real], limit)),
    );
    const documents = (await this.#documents(folder)).map((member) => [member]);
    const nameOf = (some: readonly FolderMember[]): string => some[0]?.path[folder.path.length] ?? '';
    return [...members, ...documents].sort((a, b) => naturally(nameOf(a), nameOf(b))).flat();
  }

  async #documents(folder: Folder): Promise<FolderMember[]> {
    const documents = folder.images.length > 0 ? await this.#folderImages.documents(folder) : [];
    return documents.map(({ path, real }) => ({ kind: 'manifest', path, real, label: path.at(-1) ?? '' }));
  }

  /** `above`: where the folders on the way really lie. A link back into one of them would never end. */
  async #memberAndInner(
    path: readonly string[],
    above: readonly (readonly string[])[],
    limit: ReturnType<typeof pLimit>,
  ): Promise<FolderMember[]> {
    const found = await limit(() => this.#outline(path));
    const label = path.at(-1) ?? '';
    if (!found || above.some((one) => one.join('/') === found.real.join('/'))) return [];
    const { real, holdsImages, folders, documents } = found;
    if (!holdsImages) return folders.length + documents.length > 0 ? [{ kind: 'collection', path, real, label }] : [];
    const inner = await Promise.all(
      folders.map((name) => this.#memberAndInner([...path, name], [...above, real], limit)),
    );
    return [{ kind: 'manifest', path, real, label }, ...documents, ...inner.flat()];
  }

  /** Without the names of the images, which would all be in memory until the whole collection is known. */
  async #outline(path: readonly string[]): Promise<Outline | undefined> {
    const folder = await this.#catalogue.folder(path);
    if (!folder) return undefined;
    this.#unserved.folder(folder);
    const holdsImages = folder.images.length > 0 && (await this.#folderImages.any(folder));
    return { real: folder.real, folders: folder.folders, holdsImages, documents: await this.#documents(folder) };
  }
}
