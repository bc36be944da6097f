import { decide, type Decision } from '../access/decide.ts';
import type { Resource } from '../access/resource.ts';
import type { Rule, Way } from '../access/rules.ts';
import { anybody, type Subject } from '../access/subject.ts';
import { resolveRegion, resolveSize, type Dimensions, type Limits } from '../iiif/geometry.ts';
import { SIGNED } from '../iiif/addresses.ts';
import { parseIdentifier } from '../iiif/identifier.ts';
import { sizes2 } from '../iiif/image2/size.ts';
import { sizes3 } from '../iiif/image3/size.ts';
import { parseImageRequest, type ImageRequest, type SizeGrammar } from '../iiif/imageRequest.ts';
import { onFullImage, splitTier, tierDimensions } from '../iiif/tier.ts';
import type { Catalogue, Lookup } from '../images/catalogue.ts';
import type { Facts } from '../images/facts.ts';
import type { ImageServer } from '../images/imageServer.ts';
import type { Library } from '../images/library.ts';
import type { Shelf, Shelves } from '../images/shelves.ts';
import type {
  FolderContents,
  ImageVerdict,
  InfoVerdict,
  ManifestVerdict,
  ProbeVerdict,
  Refusal,
  SignedInfoVerdict,
} from './verdict.ts';
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

/** The address spaces of the Image API, and what its versions say of sizes. */
const VERSIONS: readonly { readonly prefix: string; readonly sizes: SizeGrammar }[] = [
  { prefix: '/iiif/images/', sizes: sizes2 },
  { prefix: '/iiif/3/images/', sizes: sizes3 },
];

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
    const { visitors, catalogue, library, server, limits } = this.#parts;
    const asked = readTarget(target, server.writes);
    if (asked.kind !== 'asked') return asked;

    const subject = await visitors.forImage(credentials, asked);
    const file = await catalogue.find(asked.path);
    const path = file.kind === 'file' ? file.real : asked.path;
    const decision =
      asked.tier === undefined ? this.#decide(subject, { kind: 'image', path }) : this.#tier(path, asked.tier);
    const facts = await factsOf(file, library);
    if (facts.kind !== 'image') return decision.kind === 'locked' ? decision : facts;

    const shown = asked.tier === undefined ? facts : tierDimensions(facts, asked.tier);
    const region = resolveRegion(asked.request.region, shown);
    if (!region.ok) return { kind: 'invalid', message: region.message };
    // A tier is never enlarged: its pixels are fewer, and more of them would be those of the full image.
    const upscaling = asked.request.upscaling && asked.tier === undefined;
    const size = resolveSize({ size: asked.request.size, upscaling }, region.value, limits);
    if (!size.ok) return { kind: 'invalid', message: size.message };
    if (decision.kind !== 'allowed') return decision;

    const whole = region.value.width === shown.width && region.value.height === shown.height;
    const { rotation, quality, format } = asked.request;
    const serverPath = server.imagePath({
      path,
      version: facts.version,
      region: whole ? undefined : onFullImage(region.value, shown, facts),
      size: size.value,
      rotation,
      quality,
      format,
    });
    return { kind: 'granted', serverPath, version: facts.version };
  }

  /**
   * Whether an image would be sent to the holder of a token of the Authorization Flow 2.0, by its raw identifier; and the
   * signature to write into its path, where the token is of a browser that sends no cookies with images.
   */
  async probe(rawIdentifier: string, credentials: Credentials): Promise<ProbeVerdict> {
    const found = await this.#described(rawIdentifier);
    if (found.kind !== 'found') return found;
    if (found.tier) return { ...found.tier, signature: undefined };
    const { subject, signer } = await this.#parts.visitors.forProbe(credentials);
    const decision = this.#decide(subject, { kind: 'image', path: found.facts.path });
    if (decision.kind !== 'allowed') return decision;
    return { ...decision, signature: signer && this.#parts.visitors.sign(signer, found.path) };
  }

  /** The description of an image below a signature: for who may see the image by it. */
  async signedInfo(rawIdentifier: string, signature: string, credentials: Credentials): Promise<SignedInfoVerdict> {
    const found = await this.#described(rawIdentifier);
    if (found.kind !== 'found') return found;
    const subject = await this.#parts.visitors.forImage(credentials, { path: found.path, signature });
    const decision = this.#decide(subject, { kind: 'image', path: found.facts.path });
    const { width, height } = found.dimensions;
    return decision.kind === 'allowed' ? { kind: 'info', width, height } : decision;
  }

  /** The description of an image, by its raw identifier. */
  async info(rawIdentifier: string, credentials: Credentials): Promise<InfoVerdict> {
    const found = await this.#described(rawIdentifier);
    if (found.kind !== 'found') return found;
    const { facts, dimensions } = found;
    const subject = await this.#parts.visitors.forInfo(credentials);
    const decision = found.tier ?? this.#decide(subject, { kind: 'image', path: facts.path });
    const { width, height } = dimensions;
    return { kind: 'info', width, height, decision, way: this.#wayTo(facts.path) };
  }

  /** The image or tier that a raw identifier names; `tier` is what is decided of it, if it is one. */
  async #described(rawIdentifier: string): Promise<Described | Refusal> {
    const { catalogue, library } = this.#parts;
    const { identifier, tier } = splitTier(rawIdentifier);
    const path = parseIdentifier(identifier);
    if (!path.ok) return { kind: 'invalid', message: path.message };
    const facts = await factsOf(await catalogue.find(path.value), library);
    if (facts.kind !== 'image') return facts;
    if (tier === undefined) return { kind: 'found', path: path.value, facts, dimensions: facts, tier: undefined };
    const decision = this.#tier(facts.path, tier);
    if (decision.kind === 'missing') return decision;
    return { kind: 'found', path: path.value, facts, dimensions: tierDimensions(facts, tier), tier: decision };
  }

  /** A tier is open to everybody where it is the one that the full image offers, and nowhere else. */
  #tier(path: readonly string[], tier: number): (Decision & { kind: 'allowed' }) | (Refusal & { kind: 'missing' }) {
    const decision = this.#forAnybody(path);
    const offered = decision.kind === 'allowed' ? undefined : decision.tier;
    return offered === tier
      ? { kind: 'allowed', rule: 'a tier is for everybody' }
      : { kind: 'missing', message: 'There is no smaller image of this identifier.' };
  }

  /** A folder as manifest or collection, by its raw identifier; the empty one is the root. */
  async manifest(rawIdentifier: string, version: 2 | 3, credentials: Credentials): Promise<ManifestVerdict> {
    const { visitors, shelves, manifestsProtected } = this.#parts;
    const path = shelves.parse(rawIdentifier);
    if (!path.ok) return { kind: 'invalid', message: path.message };
    const contents = await shelves.contents(path.value, version);
    if (isRefusal(contents)) return contents;
    const decision: Decision = manifestsProtected
      ? this.#decide(await visitors.forManifest(credentials), {
          kind: 'manifest',
          path: contents.kind === 'handmade' ? path.value : contents.real,
        })
      : { kind: 'allowed', rule: 'manifests are open' };
    return { kind: 'folder', contents, decision, wayTo: (image) => this.#wayTo(image.real) };
  }

  /** The way to an image for who has nothing yet, which its descriptions name; `open` where there is nothing to go. */
  #wayTo(path: readonly string[]): Way {
    const decision = this.#forAnybody(path);
    if (decision.kind === 'allowed') return { kind: 'open' };
    // Auth 1.0 has no word for "never": a login is what a viewer can offer, and it will not help.
    const pattern = decision.kind === 'locked' ? decision.pattern : 'login';
    return { kind: pattern, tier: decision.tier };
  }

  #forAnybody(path: readonly string[]): Decision {
    return this.#decide(anybody, { kind: 'image', path });
  }

  #decide(subject: Subject, resource: Resource): Decision {
    return decide(subject, resource, this.#parts.rules, this.#parts.now());
  }
}

function isRefusal(shelf: Shelf): shelf is Exclude<Shelf, FolderContents> {
  return shelf.kind === 'missing' || shelf.kind === 'unreadable' || shelf.kind === 'unavailable';
}

/** Of an image address, behind the identifier. */
const PARTS = 4;

type Asked = {
  readonly kind: 'asked';
  readonly path: readonly string[];
  readonly tier: number | undefined;
  readonly signature: string | undefined;
  readonly request: ImageRequest;
};

type Described = {
  readonly kind: 'found';
  /** As it was named. */
  readonly path: readonly string[];
  readonly facts: Known;
  /** Of the image, or of its tier. */
  readonly dimensions: Dimensions;
  readonly tier: (Decision & { kind: 'allowed' }) | undefined;
};

function readTarget(target: string, formats: readonly string[]): Asked | Refusal {
  const [address = ''] = target.split('?');
  const version = VERSIONS.find(({ prefix }) => address.startsWith(prefix));
  if (!version) return { kind: 'invalid', message: 'Images are below /iiif/images/ and /iiif/3/images/.' };
  const segments = address.slice(version.prefix.length).split('/');
  const signature = segments[0]?.startsWith(SIGNED) ? segments.shift()?.slice(SIGNED.length) : undefined;
  const [identifier = '', ...rest] = segments;
  const named = splitTier(identifier);
  const path = parseIdentifier(named.identifier);
  if (!path.ok) return { kind: 'invalid', message: path.message };
  // A slash that the identifier was written with: nothing is at such an address (the IIIF validator's escaped slash).
  if (rest.length > PARTS) return { kind: 'missing', message: 'A / inside an identifier is written %2F or !.' };
  const request = parseImageRequest(rest, version.sizes);
  if (!request.ok) return { kind: 'invalid', message: request.message };
  if (!formats.includes(request.value.format)) {
    return { kind: 'invalid', message: `This server writes ${formats.join(' and ')}, not ${request.value.format}.` };
  }
  return { kind: 'asked', path: path.value, tier: named.tier, signature, request: request.value };
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
