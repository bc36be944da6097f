import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { FolderVerdict } from '../gate/verdict.ts';
import { nameOf, wayTo, type Way } from '../iiif/accessTexts.ts';
import type { ApiVersion } from '../iiif/apiVersions.ts';
import type { ManifestImage, Overview } from '../iiif/folder.ts';
import { GrowingOverview } from '../iiif/overview.ts';
import { piecesOf } from '../iiif/written.ts';
import type { Source } from './renderings.ts';
import type { DocumentSettings } from './routes/info.ts';

/** Images or members; bytes of what was made by hand. Writing more takes longer than a tile may wait. */
const LARGE = 500;
const LONG = 1_000_000;
/** Images looked at without a pause. */
const TOGETHER = 500;

/** What a walk over the images finds: what stands at the head of their manifest, and a name for all that it says of them. */
type Survey = { readonly overview: Overview; readonly digest: string };

/** Folders as documents that can be written, in one version of the Presentation API. */
export class FolderDocuments {
  readonly #api: ApiVersion;
  readonly #settings: DocumentSettings;
  /** Another start may be of another version, which writes otherwise. */
  readonly #edition = randomUUID();
  readonly #surveys = new WeakMap<readonly ManifestImage[], Promise<Survey>>();

  constructor(api: ApiVersion, settings: DocumentSettings) {
    this.#api = api;
    this.#settings = settings;
  }

  /** The document as the gate lets somebody see it; with the service that leads to it at its top for those who may not. */
  async of({ contents, decision }: FolderVerdict): Promise<Source> {
    const { version, presentation } = this.#api;
    const access = decision.kind === 'allowed' ? undefined : wayTo(decision);
    const named = (...parts: unknown[]): string => this.#etag(version, access && nameOf(access), ...parts);
    if (contents.kind === 'handmade') {
      const { json } = contents;
      return {
        etag: named(json),
        large: json.length > LONG,
        pieces: () => [access ? this.#withService(json, access) : json],
      };
    }
    const { publicUrl, institution, texts, limits } = this.#settings;
    const { path } = contents;
    const input = { publicUrl, path, label: path.at(-1) || institution, attribution: institution, texts, access };
    if (contents.kind === 'collection') {
      const { members } = contents;
      const pieces = () => piecesOf(presentation.collection({ ...input, members }));
      return { etag: named(path, members), large: members.length > LARGE, pieces };
    }
    const { images } = contents;
    const { overview, digest } = await this.#survey(images);
    const pieces = () => piecesOf(presentation.manifest({ ...input, images, overview, limits }));
    return { etag: named(path, digest), large: images.length > LARGE, pieces };
  }

  #survey(images: readonly ManifestImage[]): Promise<Survey> {
    const known = this.#surveys.get(images);
    if (known) return known;
    const survey = surveyOf(images);
    this.#surveys.set(images, survey);
    return survey;
  }

  #withService(json: string, access: Way): string {
    const document = JSON.parse(json) as { service?: unknown };
    const own = document.service === undefined ? [] : [document.service].flat();
    const { service } = this.#api.presentation.ownService({ ...this.#settings, access });
    return JSON.stringify({ ...document, service: [...(service ?? []), ...own] });
  }

  #etag(...parts: unknown[]): string {
    const digest = createHash('sha256').update(JSON.stringify([this.#edition, ...parts]));
    return `W/"${digest.digest('base64url').slice(0, 22)}"`;
  }
}

async function surveyOf(images: Iterable<ManifestImage>): Promise<Survey> {
  const overview = new GrowingOverview();
  const digest = createHash('sha256');
  let count = 0;
  let before: ManifestImage['accessMethod'] | undefined;
  for (const image of images) {
    overview.add(image);
    const { accessMethod, ...own } = image;
    // Neighbours share one, which may have long texts.
    digest.update(JSON.stringify(accessMethod === before ? own : image));
    before = accessMethod;
    if (++count % TOGETHER === 0) await othersFirst();
  }
  return { overview, digest: digest.digest('base64url') };
}
