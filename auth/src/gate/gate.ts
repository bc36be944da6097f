import { decide, type Decision } from '../access/decide.ts';
import type { Resource } from '../access/resource.ts';
import type { Rule } from '../access/rules.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import { resolveRegion, resolveSize, type Limits } from '../iiif/geometry.ts';
import { parseIdentifier } from '../iiif/identifier.ts';
import { parseImageRequest, type ImageRequest } from '../iiif/imageRequest.ts';
import type { Catalogue, Lookup } from '../images/catalogue.ts';
import type { Facts } from '../images/facts.ts';
import type { ImageServer } from '../images/imageServer.ts';
import type { Library } from '../images/library.ts';
import type { Shelf, Shelves } from '../images/shelves.ts';
import type { FolderContents, ImageVerdict, InfoVerdict, ManifestVerdict, Refusal } from './verdict.ts';
import type { Credentials, Visitors } from './visitor.ts';

export type GateParts = {
  readonly visitors: Visitors;
  readonly catalogue: Catalogue;
  readonly library: Library;
  readonly shelves: Shelves;
  readonly server: ImageServer;
  readonly rules: readonly Rule[];
  readonly limits: Limits;
  readonly manifestsProtected: boolean;
  readonly now: () => Date;
};

const IMAGES = '/iiif/images/';

/** The one place where it is asked who may see what. Throws `StoreUnavailable` where nobody can know. */
export class Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /**
   * An image request, by the raw target of its request line. What is wrong with the request itself is said to anybody;
   * that a file is missing or broken, only to those who might have seen it.
   */
  async image(target: string, credentials: Credentials): Promise<ImageVerdict> {
    const { visitors, catalogue, library, server } = this.#parts;
    const asked = readTarget(target, server.writes);
    if (asked.kind === 'invalid') return asked;

    const subject = await visitors.forImage(credentials);
    const file = await catalogue.find(asked.path);
    const decision = this.#decide(subject, { kind: 'image', path: file.kind === 'file' ? file.real : asked.path });
    const facts = await factsOf(file, library);
    if (facts.kind !== 'image') return decision.kind === 'login-required' ? decision : facts;

    const region = resolveRegion(asked.request.region, facts);
    if (!region.ok) return { kind: 'invalid', message: region.message };
    const size = resolveSize(asked.request.size, region.value, this.#parts.limits);
    if (!size.ok) return { kind: 'invalid', message: size.message };
    if (decision.kind !== 'allowed') return decision;

    const whole = region.value.width === facts.width && region.value.height === facts.height;
    const { rotation, quality, format } = asked.request;
    const serverPath = server.imagePath({
      path: facts.path,
      version: facts.version,
      region: whole ? undefined : region.value,
      size: size.value,
      rotation,
      quality,
      format,
    });
    return { kind: 'granted', serverPath, version: facts.version };
  }

  /** The description of an image, by its raw identifier. */
  async info(rawIdentifier: string, credentials: Credentials): Promise<InfoVerdict> {
    const { visitors, catalogue, library } = this.#parts;
    const path = parseIdentifier(rawIdentifier);
    if (!path.ok) return { kind: 'invalid', message: path.message };
    const facts = await factsOf(await catalogue.find(path.value), library);
    if (facts.kind !== 'image') return facts;
    const subject = await visitors.forInfo(credentials);
    const decision = this.#decide(subject, { kind: 'image', path: facts.path });
    return { kind: 'info', width: facts.width, height: facts.height, decision, open: this.#isOpen(facts.path) };
  }

  /** A folder as manifest or collection, by its raw identifier; the empty one is the root. */
  async manifest(rawIdentifier: string, credentials: Credentials): Promise<ManifestVerdict> {
    const { visitors, shelves, manifestsProtected } = this.#parts;
    const path = shelves.parse(rawIdentifier);
    if (!path.ok) return { kind: 'invalid', message: path.message };
    const contents = await shelves.contents(path.value);
    if (isRefusal(contents)) return contents;
    const decision: Decision = manifestsProtected
      ? this.#decide(await visitors.forManifest(credentials), {
          kind: 'manifest',
          path: contents.kind === 'handmade' ? path.value : contents.real,
        })
      : { kind: 'allowed', rule: 'manifests are open' };
    return { kind: 'folder', contents, decision, isOpen: (image) => this.#isOpen(image.real) };
  }

  #isOpen(path: readonly string[]): boolean {
    return this.#decide(anonymous, { kind: 'image', path }).kind === 'allowed';
  }

  #decide(subject: Subject, resource: Resource): Decision {
    return decide(subject, resource, this.#parts.rules, this.#parts.now());
  }
}

function isRefusal(shelf: Shelf): shelf is Exclude<Shelf, FolderContents> {
  return shelf.kind === 'missing' || shelf.kind === 'unreadable' || shelf.kind === 'unavailable';
}

type Asked = { readonly kind: 'asked'; readonly path: readonly string[]; readonly request: ImageRequest };

function readTarget(target: string, formats: readonly string[]): Asked | (Refusal & { kind: 'invalid' }) {
  const [address = ''] = target.split('?');
  const [identifier = '', ...rest] = address.startsWith(IMAGES) ? address.slice(IMAGES.length).split('/') : [''];
  const path = parseIdentifier(identifier);
  if (!path.ok) return { kind: 'invalid', message: path.message };
  const request = parseImageRequest(rest);
  if (!request.ok) return { kind: 'invalid', message: request.message };
  if (!formats.includes(request.value.format)) {
    return { kind: 'invalid', message: `This server writes ${formats.join(' and ')}, not ${request.value.format}.` };
  }
  return { kind: 'asked', path: path.value, request: request.value };
}

type Known = Extract<Facts, { kind: 'image' }> & { readonly path: readonly string[] };

async function factsOf(file: Lookup, library: Library): Promise<Known | Refusal> {
  if (file.kind === 'missing') return file;
  const facts = await library.facts(file);
  switch (facts.kind) {
    case 'image':
      return { ...facts, path: file.real };
    case 'unsupported':
      return { kind: 'missing', message: `The image server in use here cannot read this file: ${facts.reason}.` };
    case 'unreadable':
      return { kind: 'unreadable', message: 'The file of this image is damaged or cannot be read; the log names it.' };
    case 'unavailable':
      return { kind: 'unavailable', message: 'The image server does not answer. Try again in a moment.' };
  }
}
