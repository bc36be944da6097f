import type { Profile } from './header.ts';
import { Malformed, type ByteSource } from './source.ts';

const MOST_TAGS = 100;
/** Red, green and blue of sRGB as a profile has them: XYZ for D50. */
const COLORANTS = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};
const CLOSE = 0.003;
/** Where curves are compared; by how much what comes out may differ, of 1: three of 255 steps. */
const PROBES = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95];
const NEAR = 0.012;

type Tags = ReadonlyMap<string, { readonly at: number; readonly size: number }>;

/** Reads an ICC profile (ICC.1:2022, sections 7 to 10); `undefined` for what is none: programs pass it over. */
export async function readProfile(source: ByteSource): Promise<Profile | undefined> {
  if (source.length < 132) return undefined;
  const head = await source.bytes(0, 132);
  if (head.toString('latin1', 36, 40) !== 'acsp') return undefined;
  const space = head.toString('latin1', 16, 20);
  try {
    return { space, srgb: head.toString('latin1', 20, 24) === 'XYZ ' && (await saysSrgb(source, space)) };
  } catch (error) {
    // Of a long one in a JPEG the first part only is looked at.
    if (error instanceof Malformed) return { space, srgb: false };
    throw error;
  }
}

async function saysSrgb(source: ByteSource, space: string): Promise<boolean> {
  const count = (await source.bytes(128, 4)).readUInt32BE();
  if (count > MOST_TAGS) return false;
  const entries = await source.bytes(132, count * 12);
  const tags: Tags = new Map(
    Array.from({ length: count }, (_, index) => [
      entries.toString('latin1', index * 12, index * 12 + 4),
      { at: entries.readUInt32BE(index * 12 + 4), size: entries.readUInt32BE(index * 12 + 8) },
    ]),
  );
  // A table counts before the curves.
  if (tags.has('A2B0') || tags.has('D2B0')) return false;
  if (space === 'GRAY') return isCurveOfSrgb(source, tags, 'kTRC');
  if (space !== 'RGB ') return false;
  for (const [name, wanted] of Object.entries(COLORANTS)) {
    const at = tags.get(name)?.at;
    if (at === undefined) return false;
    const bytes = await source.bytes(at + 8, 12);
    if (!wanted.every((value, index) => Math.abs(bytes.readInt32BE(index * 4) / 65_536 - value) <= CLOSE)) return false;
  }
  for (const name of ['rTRC', 'gTRC', 'bTRC']) if (!(await isCurveOfSrgb(source, tags, name))) return false;
  return true;
}

async function isCurveOfSrgb(source: ByteSource, tags: Tags, name: string): Promise<boolean> {
  const at = tags.get(name)?.at;
  if (at === undefined) return false;
  for (const probe of PROBES) {
    const light = await curve(source, at, probe);
    if (light === undefined || !(Math.abs(encoded(light) - probe) <= NEAR)) return false;
  }
  return true;
}

/** Of sRGB: the number that stands for so much light; both from 0 to 1. */
function encoded(light: number): number {
  return light <= 0.003_130_8 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** What a curve makes of a number (sections 10.6 and 10.18). */
async function curve(source: ByteSource, at: number, x: number): Promise<number | undefined> {
  const head = await source.bytes(at, 12);
  const type = head.toString('latin1', 0, 4);
  if (type === 'para') return parametric(source, at, head.readUInt16BE(8), x);
  if (type !== 'curv') return undefined;
  const count = head.readUInt32BE(8);
  if (count === 0) return x;
  if (count === 1) return x ** ((await source.bytes(at + 12, 2)).readUInt16BE() / 256);
  const place = x * (count - 1);
  const below = Math.min(Math.floor(place), count - 2);
  const two = await source.bytes(at + 12 + below * 2, 4);
  const [low, high] = [two.readUInt16BE(0) / 65_535, two.readUInt16BE(2) / 65_535];
  return low + (high - low) * (place - below);
}

/** Parameters of each kind of function: g, a, b, c, d, e, f. */
const PARAMETERS = [1, 3, 4, 5, 7];

async function parametric(source: ByteSource, at: number, kind: number, x: number): Promise<number | undefined> {
  const count = PARAMETERS[kind];
  if (count === undefined) return undefined;
  const bytes = await source.bytes(at + 12, count * 4);
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: count },
    (_, index) => bytes.readInt32BE(index * 4) / 65_536,
  );
  const power = Math.max(0, a * x + b) ** g;
  if (kind === 0) return x ** g;
  if (kind === 1) return x >= -b / a ? power : 0;
  if (kind === 2) return x >= -b / a ? power + c : c;
  return x >= d ? power + e : c * x + f;
}
