import type { Decision } from '../access/decide.ts';
import type { FolderManifests, FolderReading } from '../images/manifests/folderManifests.ts';
import type { CredentialReader, Credentials } from './credentialReader.ts';
import { FolderContents } from './folderContents.ts';
import type { Judge } from './judge.ts';
import type { FolderVerdict, ManifestVerdict, Refusal } from './verdict.ts';

type Parts = {
  readonly judge: Judge;
  readonly credentialReader: Pick<CredentialReader, 'forManifest'>;
  readonly folderManifests: Pick<FolderManifests, 'parse' | 'contents'>;
};

const OPEN: Decision = { kind: 'allowed', rule: 'manifests are open' };

/**
 * Folders as manifests and collections. Everybody learns that an identifier cannot be read (400), and that its folder is
 * missing (404) or its file broken (500); after that the rules decide, where they protect the folder, and on each thing in it
 * that they protect.
 */
export class Folders {
  readonly #parts: Parts;
  readonly #contents: FolderContents;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#contents = new FolderContents(parts.judge);
  }

  /** A folder as manifest or collection, by its raw identifier; the empty one is the root. */
  async manifest(rawIdentifier: string, version: 2 | 3, credentials: Credentials): Promise<ManifestVerdict> {
    const { judge, credentialReader, folderManifests } = this.#parts;
    const parsed = folderManifests.parse(rawIdentifier);
    if (!parsed.ok) return { kind: 'invalid', message: parsed.message };
    const reading = await folderManifests.contents(parsed.value, version);
    if (isRefusal(reading)) return reading;
    const place = { path: reading.real, named: parsed.value };
    // Who asks is found out where something depends on it; mostly nothing does.
    const subject = () => credentialReader.forManifest(credentials);
    const decision = judge.isProtected(place) ? judge.decideOnMention(await subject(), place) : OPEN;
    if (decision.kind !== 'allowed') return { kind: 'folder', contents: closed(reading), decision };
    const { contents, byPlace } = await this.#contents.of(reading, place, subject);
    return { kind: 'folder', contents, decision: byPlace ? { ...decision, byPlace } : decision };
  }
}

/** Of what somebody may not see: that it is there, by the name of its folder, and nothing of what is in it or was written of it. */
function closed(reading: Exclude<FolderReading, Refusal>): FolderVerdict['contents'] {
  const { path, real } = reading;
  const isCollection = reading.kind === 'handmade' ? reading.isCollection : reading.kind === 'collection';
  return isCollection ? { kind: 'collection', path, real, members: [] } : { kind: 'manifest', path, images: [] };
}

function isRefusal(reading: FolderReading): reading is Extract<FolderReading, Refusal> {
  return reading.kind === 'missing' || reading.kind === 'unreadable';
}
