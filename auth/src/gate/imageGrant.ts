import type { Subject } from '../access/subject.ts';
import { networkOf } from '../identity/network.ts';
import type { Limits } from '../iiif/geometry.ts';
import { canonicalAddress, parseImageAddress, type ImageAddress } from '../iiif/imageAddress.ts';
import { levelOf, tierOf } from '../iiif/tier.ts';
import { imageProfile } from '../iiif/vocabulary.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import type { Lookup } from '../images/catalogue/lookup.ts';
import type { ImageFacts } from '../images/facts/imageFacts.ts';
import type { ReadyImages } from '../images/facts/readiness.ts';
import { drawingOf, type Drawing, type ImageOrTier } from '../images/servers/drawing.ts';
import type { ImageServer } from '../images/servers/imageServer.ts';
import { wayTo } from '../images/servers/way.ts';
import { wrongForm } from '../images/servers/written.ts';
import { good, type Parsed } from '../shared/result.ts';
import type { CredentialReader, Credentials } from './credentialReader.ts';
import { grantOf } from './grantOf.ts';
import type { Judge } from './judge.ts';
import { readableImage, UNREADABLE, type ReadableImage } from './readableImage.ts';
import type { Grant, ImageVerdict, Refusal } from './verdict.ts';
import { outcomeOf } from './whoLearns.ts';

type Parts = {
  readonly judge: Judge;
  readonly credentialReader: Pick<CredentialReader, 'forImage'>;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly imageFacts: Pick<ImageFacts, 'of'>;
  readonly readyImages: Pick<ReadyImages, 'of'>;
  readonly server: ImageServer;
  readonly limits: Limits;
};

/** What is sent: a region of the image or of its tier, in a size; and what it is drawn from. */
type Drawn = ImageOrTier & { readonly drawing: Drawing };

/** Nothing is sent yet; `retryAfter`: seconds. */
const MAKING = {
  kind: 'unavailable',
  message: 'This image is being made ready. Try again in a moment.',
  retryAfter: 5,
} as const;
const NOT_NOW = { kind: 'unavailable', message: 'This image cannot be made ready now.', retryAfter: 30 } as const;

/** Who may have which rendition. */
export class ImageGrants {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An image request, by the raw target of its request line. What is said to whom: {@link outcomeOf}. */
  async of(target: string, credentials: Credentials): Promise<ImageVerdict> {
    const { judge, credentialReader, catalogue, imageFacts, server } = this.#parts;
    const address = readAddress(target, server);
    if (address.kind !== 'address') return address;
    const { tier } = address;
    const { subject, endsAt } = await credentialReader.forImage(credentials, address);
    const file = await catalogue.find(address.path);
    const path = file.kind === 'file' ? file.real : address.path;
    const named = file.kind === 'file' ? file.path : address.path;
    const outcome = outcomeOf({
      decision: judge.decideOnImage(subject, { kind: 'image', path, named, ...(tier !== undefined && { tier }) }),
      image: await readableImage(file, imageFacts),
      nowhere: isNowhere(address.path, file),
      draw: (image) => this.#draw(address, image),
    });
    if (outcome.kind !== 'shown') return outcome;
    const { decision, image, drawing } = outcome;
    const grant = await this.#grant(address, subject, image, drawing);
    return grant.kind === 'granted'
      ? { ...grant, byPlace: decision.byPlace ?? false, endsAt: earlier(endsAt, decision.until) }
      : grant;
  }

  #draw({ tier: pixels, request }: ImageAddress, { width, height, pyramid }: ReadableImage): Parsed<Drawn> {
    const { server, limits } = this.#parts;
    const image = { width, height };
    const tier = pixels === undefined ? undefined : tierOf(image, pyramid, pixels, limits, server.drawsFromLevels);
    const drawing = drawingOf(request, { image, pyramid, tier }, server, limits);
    return drawing.ok ? good({ image, pyramid, tier, drawing: drawing.value }) : drawing;
  }

  /** The image is made first, if it must be: only now, because this visitor may see it. */
  async #grant(
    address: ImageAddress,
    subject: Subject,
    { named, version, from }: ReadableImage,
    drawn: Drawn,
  ): Promise<Omit<Grant, 'byPlace' | 'endsAt'> | Refusal> {
    const { server, limits, readyImages } = this.#parts;
    const ready = await readyImages.of(from);
    if (ready.kind === 'failed') return { kind: 'unreadable', message: UNREADABLE };
    if (ready.kind === 'unavailable') return NOT_NOW;
    if (ready.kind !== 'ready') return MAKING;
    const way = wayTo(ready, drawn, address.request, server);
    if (!way) return MAKING;
    const { image, tier, drawing } = drawn;
    return {
      kind: 'granted',
      serverPath: way.path,
      version,
      price: way.price,
      visitor: visitorOf(subject),
      canonical: canonicalAddress(address, named, tier ?? image, drawing, limits),
      profile: imageProfile(address.version, levelOf(tier?.kind)),
      grant: grantOf(address, named, version, drawn.pyramid, ready),
    };
  }
}

/** `until`: milliseconds since 1970. */
function earlier(endsAt: Date | undefined, until: number | undefined): Date | undefined {
  return until === undefined || (endsAt && endsAt.getTime() < until) ? endsAt : new Date(until);
}

/** By the grammar, and in a form that the image server writes. */
function readAddress(target: string, server: ImageServer): ImageAddress | Refusal {
  const address = parseImageAddress(target);
  if (address.kind !== 'address') return address;
  const message = wrongForm(server, address.request.quality, address.request.format);
  return message === undefined ? address : { kind: 'invalid', message };
}

/** A name without a folder, of nothing: no folder that is locked could hold it, so there is nothing to log in for. */
function isNowhere(path: readonly string[], file: Lookup): boolean {
  return file.kind === 'missing' && path.length === 1;
}

/**
 * A visit is had for the asking: it makes a visitor known, and tells nobody from others in the same network. So does a key:
 * a program that harvests has to make room for readers.
 */
function visitorOf(subject: Subject): string {
  if (subject.kind === 'user') return `user ${subject.id}`;
  const { agreed, atKiosk, scopes } = subject;
  const hasAgreed = typeof agreed === 'boolean' ? agreed : agreed.length > 0;
  const isKnown = hasAgreed || atKiosk || scopes.length > 0;
  return `${isKnown ? 'known' : 'anybody'} ${networkOf(subject.address)}`;
}
