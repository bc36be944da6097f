import { SIGNED, type VersionNumber } from './addresses.ts';
import { API_VERSIONS } from './apiVersions.ts';
import { canonicalParameters } from './canonical.ts';
import { resolveSize, type Dimensions, type Limits, type Rectangle } from './geometry.ts';
import { formatIdentifier, parseIdentifier } from './identifier.ts';
import { parseImageRequest, type ImageRequest } from './imageRequest.ts';
import { splitTier, tierIdentifier } from './tier.ts';

/** Of an image address, behind the identifier. */
const PARTS = 4;

/** An image request, as it stands in an address (Image API 2.1 and 3.0, section 2.1). */
export type ImageAddress = {
  readonly kind: 'address';
  readonly version: VersionNumber;
  readonly prefix: string;
  readonly path: readonly string[];
  /** Pixels on the longer side of the tier that is named; `undefined` for the image itself. */
  readonly tier: number | undefined;
  readonly signature: string | undefined;
  readonly request: ImageRequest;
};

/** What is no address of an image: `invalid` by the grammar, or `missing` because nothing can be there. */
export type NoImageAddress = { readonly kind: 'invalid' | 'missing'; readonly message: string };

/** Reads the raw target of a request line. */
export function parseImageAddress(target: string): ImageAddress | NoImageAddress {
  const [address = ''] = target.split('?');
  const api = API_VERSIONS.find(({ image }) => address.startsWith(image.prefix));
  if (!api) return invalid(`Images are below ${API_VERSIONS.map(({ image }) => image.prefix).join(' and ')}.`);
  const { prefix, sizes } = api.image;
  const segments = address.slice(prefix.length).split('/');
  const signature = segments[0]?.startsWith(SIGNED) ? segments.shift()?.slice(SIGNED.length) : undefined;
  const [identifier = '', ...rest] = segments;
  const named = splitTier(identifier);
  const path = parseIdentifier(named.identifier);
  if (!path.ok) return invalid(path.message);
  // A slash that the identifier was written with: nothing is at such an address (the IIIF validator's escaped slash).
  if (rest.length > PARTS) return { kind: 'missing', message: 'A / inside an identifier is written %2F or !.' };
  const request = parseImageRequest(rest, sizes);
  if (!request.ok) return invalid(request.message);
  const { version } = api;
  return { kind: 'address', version, prefix, path: path.value, tier: named.tier, signature, request: request.value };
}

function invalid(message: string): NoImageAddress {
  return { kind: 'invalid', message };
}

/** The one address of a picture, of many that mean it; without a signature, which is no part of what it is called. */
export function canonicalAddress(
  { version, prefix, tier, request }: ImageAddress,
  path: readonly string[],
  image: Dimensions,
  { region, size }: { readonly region: Rectangle; readonly size: Dimensions },
  limits: Limits,
): string {
  const identifier = formatIdentifier(path);
  const name = tier === undefined ? identifier : tierIdentifier(identifier, tier);
  const largest = resolveSize({ size: { kind: 'max' }, upscaling: false }, region, limits);
  const max = largest.ok ? largest.value : size;
  const { rotation, quality, format } = request;
  const parameters = canonicalParameters(version, { image, region, size, max, rotation, quality, format });
  return `${prefix}${name}/${parameters}`;
}
