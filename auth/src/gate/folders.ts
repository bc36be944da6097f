import type { Decision } from '../access/decide.ts';
import type { FolderManifests, FolderReading } from '../images/manifests/folderManifests.ts';
import type { CredentialReader, Credentials } from './credentialReader.ts';
import type { Judge } from './judge.ts';
import { ManifestImages } from './manifestImages.ts';
import type { ManifestVerdict, Refusal } from './verdict.ts';

type Parts = {
  readonly judge: Judge;
  readonly credentialReader: Pick<CredentialReader, 'forManifest'>;
  readonly folderManifests: Pick<FolderManifests, 'parse' | 'contents'>;
  /** Whether manifests are protected like their images; else they are open to everybody. */
  readonly manifestsProtected: boolean;
};

/**
 * Folders as manifests and collections. Everybody learns that an identifier cannot be read (400), and that its folder is
 * missing (404) or its file broken (500); after that the rules decide.
 */
export class Folders {
  readonly #parts: Parts;
  readonly #images: ManifestImages;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#images = new ManifestImages(parts.judge);
  }

  /** A folder as manifest or collection, by its raw identifier; the empty one is the root. */
  async manifest(rawIdentifier: string, version: 2 | 3, credentials: Credentials): Promise<ManifestVerdict> {
    const { folderManifests } = this.#parts;
    const path = folderManifests.parse(rawIdentifier);
    if (!path.ok) return { kind: 'invalid', message: path.message };
    const contents = await folderManifests.contents(path.value, version);
    if (isRefusal(contents)) return contents;
    const real = contents.kind === 'handmade' ? path.value : contents.real;
    const decision = await this.#decide(real, path.value, credentials);
    if (contents.kind !== 'manifest') return { kind: 'folder', contents, decision };
    const images = await this.#images.of(contents.images);
    return { kind: 'folder', contents: { kind: 'manifest', path: contents.path, images }, decision };
  }

  async #decide(path: readonly string[], named: readonly string[], credentials: Credentials): Promise<Decision> {
    const { judge, credentialReader, manifestsProtected } = this.#parts;
    if (!manifestsProtected) return { kind: 'allowed', rule: 'manifests are open' };
    return judge.decide(await credentialReader.forManifest(credentials), { kind: 'manifest', path, named });
  }
}

function isRefusal(reading: FolderReading): reading is Extract<FolderReading, Refusal> {
  return reading.kind === 'missing' || reading.kind === 'unreadable';
}
