import { bad, good, type Parsed } from '../shared/result.ts';
import { imagesPath, manifestsPath, PROBE_PATH, SIGNED } from './addresses.ts';
import { parseIdentifier } from './identifier.ts';
import { splitTier } from './tier.ts';

/** What somebody means by an address that they pasted, or a path that they typed. */
export type NamedPlace = {
  readonly kind: 'image' | 'manifest';
  readonly path: readonly string[];
  /** Pixels on the longer side, where it is a tier. */
  readonly tier: number | undefined;
};

/** The longest first: one is the beginning of another. */
const BEGINNINGS: readonly (readonly [string, NamedPlace['kind']])[] = [
  [imagesPath(3), 'image'],
  [manifestsPath(3), 'manifest'],
  [imagesPath(2), 'image'],
  [manifestsPath(2), 'manifest'],
  [PROBE_PATH, 'image'],
];

const ADDRESS = /^(?:https?:\/\/|\/)/;

/**
 * Reads an address of an image (a tile, an info.json, a probe) or of a manifest, with its origin or without; that of
 * a viewer which names one (`?manifest=…`); an identifier; or a path below `IMAGE_DIR`.
 */
export function parseNamedPlace(text: string): Parsed<NamedPlace> {
  const target = targetOf(text);
  const found = beginningOf(target);
  if (!found) {
    const shown = ADDRESS.test(text) ? shownIn(text) : undefined;
    if (shown !== undefined) return parseNamedPlace(shown);
    if (ADDRESS.test(text))
      return bad('This is no address of an image or a manifest, nor a path below the folder of images.');
    const path = target.split('/').filter((part) => part !== '' && part !== '.');
    return placeOf('image', path.map(encodeURIComponent).join('!').replaceAll('%21', '!'));
  }
  const [beginning, kind] = found;
  const segments = target.slice(beginning.length).split('/');
  if (segments[0]?.startsWith(SIGNED)) segments.shift();
  return placeOf(kind, segments[0] ?? '');
}

function targetOf(text: string): string {
  return text.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/s, '');
}

function beginningOf(target: string): (typeof BEGINNINGS)[number] | undefined {
  return BEGINNINGS.find(([beginning]) => target.startsWith(beginning));
}

/** The first of our addresses in the query or the fragment of another: viewers call the parameter what they like. */
function shownIn(text: string): string | undefined {
  const values = text
    .split(/[?#&]/)
    .slice(1)
    .map((part) => decoded(part.slice(part.indexOf('=') + 1)));
  return values.find((value) => beginningOf(targetOf(value)) !== undefined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placeOf(kind: NamedPlace['kind'], raw: string): Parsed<NamedPlace> {
  const { identifier, tier } = kind === 'image' ? splitTier(raw) : { identifier: raw, tier: undefined };
  if (identifier === '') return good({ kind, path: [], tier });
  const path = parseIdentifier(identifier);
  return path.ok ? good({ kind, path: path.value, tier }) : path;
}
