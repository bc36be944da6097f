import type { Decision } from '../access/decide.ts';
import type { Subject } from '../access/subject.ts';
import { isAdministrator } from '../identity/user.ts';
import type { Dimensions, Limits } from '../iiif/geometry.ts';
import { parseIdentifier } from '../iiif/identifier.ts';
import type { Pyramid } from '../iiif/pyramid.ts';
import { pyramidShown, splitTier, tierOf, type Tier } from '../iiif/tier.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import type { ImageFacts } from '../images/facts/imageFacts.ts';
import type { ImageServer } from '../images/servers/imageServer.ts';
import type { CredentialReader, Credentials } from './credentialReader.ts';
import { methodAfter, type Judge } from './judge.ts';
import { readableImage } from './readableImage.ts';
import type { InfoVerdict, ProbeVerdict, Refusal, SignedInfoVerdict } from './verdict.ts';

type Parts = {
  readonly judge: Judge;
  readonly credentialReader: Pick<CredentialReader, 'forInfo' | 'forImage' | 'forProbe' | 'sign'>;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly imageFacts: Pick<ImageFacts, 'of'>;
  readonly server: ImageServer;
  readonly limits: Limits;
};

/** The image or tier that a raw identifier names. */
type DescribedImage = {
  readonly kind: 'found';
  /** As it was named. */
  readonly path: readonly string[];
  /** Where it really lies. */
  readonly real: readonly string[];
  /** As its folder spells it. */
  readonly named: readonly string[];
  /** Of the image, or of its tier. */
  readonly shown: Dimensions & { readonly tier: Tier['kind'] | undefined; readonly pyramid: Pyramid | undefined };
  /** Pixels on the longer side of the tier, if it is one. */
  readonly pixels: number | undefined;
};

/**
 * What describes an image: its info.json, and the result of its probe. Everybody learns that an identifier cannot be read
 * (400), that its file is missing (404) or broken (500, 503), that it is not the tier of its image (404); after that the
 * rules decide. Viewers look at descriptions before anybody could log in.
 */
export class Descriptions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The description of an image, by its raw identifier. */
  async info(rawIdentifier: string, credentials: Credentials): Promise<InfoVerdict> {
    const { judge, credentialReader } = this.#parts;
    const found = await this.#described(rawIdentifier);
    if (found.kind !== 'found') return found;
    const subject = await credentialReader.forInfo(credentials);
    const decision = this.#decide(subject, found);
    if (decision.kind === 'missing') return decision;
    return {
      kind: 'info',
      ...found.shown,
      decision,
      // What this reader still lacks: behind a link there may be two things, one after the other.
      accessMethod:
        decision.kind === 'allowed'
          ? judge.accessMethodOf({ path: found.real, named: found.named })
          : methodAfter(decision),
      toAdministrator: subject.kind === 'user' && isAdministrator(subject),
    };
  }

  /** The description of an image below a signature: for those who may see the image by it. */
  async signedInfo(rawIdentifier: string, signature: string, credentials: Credentials): Promise<SignedInfoVerdict> {
    const { credentialReader } = this.#parts;
    const found = await this.#described(rawIdentifier);
    if (found.kind !== 'found') return found;
    const { subject } = await credentialReader.forImage(credentials, { path: found.path, signature });
    const decision = this.#decide(subject, found);
    if (decision.kind !== 'allowed') return decision;
    return { kind: 'info', ...found.shown, byPlace: decision.byPlace ?? false };
  }

  /**
   * Whether an image would be sent to the holder of a token of the Authorization Flow 2.0, by its raw identifier; and the
   * signature to write into its path, where the token is of a browser that sends no cookies with images.
   */
  async probe(rawIdentifier: string, credentials: Credentials): Promise<ProbeVerdict> {
    const { credentialReader } = this.#parts;
    const found = await this.#described(rawIdentifier);
    if (found.kind !== 'found') return found;
    const { subject, signer } = await credentialReader.forProbe(credentials);
    const decision = this.#decide(subject, found);
    if (decision.kind !== 'allowed') return decision;
    return { ...decision, signature: signer && credentialReader.sign(signer, found.path) };
  }

  async #described(rawIdentifier: string): Promise<DescribedImage | Refusal> {
    const { catalogue, imageFacts, server, limits } = this.#parts;
    const { identifier, tier } = splitTier(rawIdentifier);
    const path = parseIdentifier(identifier);
    if (!path.ok) return { kind: 'invalid', message: path.message };
    const readable = await readableImage(await catalogue.find(path.value), imageFacts);
    if (readable.kind !== 'image') return readable;
    const { width, height, pyramid } = readable;
    const found = { kind: 'found', path: path.value, real: readable.path, named: readable.named } as const;
    if (tier === undefined) return { ...found, shown: { width, height, pyramid, tier: undefined }, pixels: undefined };
    const smaller = tierOf({ width, height }, pyramid, tier, limits, server.drawsFromLevels);
    const size = { width: smaller.width, height: smaller.height };
    return { ...found, shown: { ...size, pyramid: pyramidShown(pyramid, smaller), tier: smaller.kind }, pixels: tier };
  }

  #decide(
    subject: Subject,
    { real: path, named, pixels: tier }: DescribedImage,
  ): Decision | (Refusal & { readonly kind: 'missing' }) {
    const image = { kind: 'image', path, named } as const;
    return this.#parts.judge.decideOnImage(subject, tier === undefined ? image : { ...image, tier });
  }
}
