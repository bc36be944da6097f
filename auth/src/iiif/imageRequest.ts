import { decodeOnce } from './identifier.ts';
import { bad, good, type Parsed } from '../shared/result.ts';

/** Pixels of the full image, or percent of it. */
export type Region =
  | { readonly kind: 'full' }
  | { readonly kind: 'square' }
  | {
      readonly kind: 'pixels' | 'percent';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
    };

export type Size =
  | { readonly kind: 'full' }
  /** As large as the server gives it, but not larger than the region. */
  | { readonly kind: 'max' }
  /** As large as the server gives it, even if that is larger than the region. */
  | { readonly kind: 'upscaled max' }
  | { readonly kind: 'width'; readonly w: number }
  | { readonly kind: 'height'; readonly h: number }
  | { readonly kind: 'percent'; readonly n: number }
  | { readonly kind: 'exact' | 'within'; readonly w: number; readonly h: number };

/** Degrees clockwise, after mirroring. */
export type Rotation = { readonly degrees: 0 | 90 | 180 | 270; readonly mirrored: boolean };

export type Quality = 'default' | 'color' | 'gray' | 'bitonal';

/** An image request, in whichever version of the Image API it was written. */
export type ImageRequest = {
  readonly region: Region;
  readonly size: Size;
  /** Whether the answer may have more pixels than the region. */
  readonly upscaling: boolean;
  readonly rotation: Rotation;
  readonly quality: Quality;
  /** File extension of the wanted format. */
  readonly format: string;
};

/** What a version of the Image API says of the size part. */
export type SizeGrammar = {
  readonly read: (text: string) => { readonly size: Size; readonly upscaling: boolean } | undefined;
  /** The forms of the size part, for the message. */
  readonly forms: string;
};

const INTEGER = '(\\d{1,9})';
const DECIMAL = '(\\d{1,9}(?:\\.\\d{1,9})?)';
const PIXELS = new RegExp(`^${[INTEGER, INTEGER, INTEGER, INTEGER].join(',')}$`);
const PERCENT = new RegExp(`^pct:${[DECIMAL, DECIMAL, DECIMAL, DECIMAL].join(',')}$`);
const WIDTH = new RegExp(`^${INTEGER},$`);
const HEIGHT = new RegExp(`^,${INTEGER}$`);
const SCALE = new RegExp(`^pct:${DECIMAL}$`);
const BOTH = new RegExp(`^(!?)${INTEGER},${INTEGER}$`);
const ROTATION = /^(!?)(0|90|180|270|360)(?:\.0+)?$/;
const QUALITY_AND_FORMAT = /^(default|color|gray|bitonal)\.([a-z0-9]{2,5})$/;

/**
 * Reads the four path parts after the identifier (`region/size/rotation/quality.format`, as they stand in the request
 * line) by the grammar of the Image API, section 4; only the size differs between its versions. Rotations are quarter
 * turns: no image server here does more at a price that a public server can pay.
 */
export function parseImageRequest(parts: readonly string[], sizes: SizeGrammar): Parsed<ImageRequest> {
  if (parts.length !== 4) return bad('An image address is …/{region}/{size}/{rotation}/{quality}.{format}.');
  const [region, size, rotation, last] = parts.map((part) => decodeOnce(part) ?? '') as [
    string,
    string,
    string,
    string,
  ];
  const parsed = {
    region: parseRegion(region),
    size: sizes.read(size),
    rotation: parseRotation(rotation),
    last: QUALITY_AND_FORMAT.exec(last),
  };
  if (!parsed.region) return bad('The region is none of full, square, x,y,w,h and pct:x,y,w,h.');
  if (!parsed.size) return bad(`The size is none of ${sizes.forms}.`);
  if (!parsed.rotation) return bad('The rotation is none of 0, 90, 180 and 270, with or without ! before it.');
  if (!parsed.last) {
    return bad('The quality is none of default, color, gray and bitonal, or has no format behind it.');
  }
  return good({
    region: parsed.region,
    ...parsed.size,
    rotation: parsed.rotation,
    quality: parsed.last[1] as Quality,
    format: parsed.last[2] ?? '',
  });
}

/** The sizes that all versions write alike: `w,` `,h` `pct:n` `w,h` `!w,h`. */
export function parseCommonSize(text: string): Size | undefined {
  const width = WIDTH.exec(text);
  if (width) return { kind: 'width', w: Number(width[1]) };
  const height = HEIGHT.exec(text);
  if (height) return { kind: 'height', h: Number(height[1]) };
  const scale = SCALE.exec(text);
  if (scale) return { kind: 'percent', n: Number(scale[1]) };
  const both = BOTH.exec(text);
  if (both) return { kind: both[1] === '!' ? 'within' : 'exact', w: Number(both[2]), h: Number(both[3]) };
  return undefined;
}

function parseRegion(text: string): Region | undefined {
  if (text === 'full' || text === 'square') return { kind: text };
  const pixels = PIXELS.exec(text);
  const numbers = (pixels ?? PERCENT.exec(text))?.slice(1).map(Number);
  if (!numbers) return undefined;
  const [x, y, w, h] = numbers as [number, number, number, number];
  return { kind: pixels ? 'pixels' : 'percent', x, y, w, h };
}

function parseRotation(text: string): Rotation | undefined {
  const match = ROTATION.exec(text);
  if (!match) return undefined;
  return { degrees: (Number(match[2]) % 360) as Rotation['degrees'], mirrored: match[1] === '!' };
}
