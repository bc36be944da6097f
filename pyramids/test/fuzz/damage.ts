import fc from 'fast-check';

/** Numbers at which programs stumble. */
const EDGES = [
  0,
  1,
  2,
  7,
  8,
  255,
  256,
  32_767,
  32_768,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 40,
  2 ** 53 - 1,
];

/** `at`, `to`: places, as parts (0 to 1) of the length. */
type Damage = (file: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** Heads are short, and what is in them matters most. */
const spot = fc.oneof(
  place,
  place.map((part) => part ** 8),
  place.map((part) => Math.max(0, 1 - part ** 8 - 1e-9)),
);
const at = (file: Buffer, part: number): number => Math.floor(part * file.length);

const byte: fc.Arbitrary<Damage> = fc.tuple(spot, fc.integer({ min: 0, max: 255 })).map(
  ([part, value]) =>
    (file) => (file.length > 0 && (file[at(file, part)] = value), file),
);

const number: fc.Arbitrary<Damage> = fc
  .tuple(spot, fc.constantFrom(...EDGES), fc.constantFrom(2, 4, 8), fc.boolean())
  .map(([part, value, size, little]) => (file) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    const stored = little ? bytes.subarray(0, size) : bytes.subarray(0, size).reverse();
    stored.copy(file, at(file, part));
    return file;
  });

const shortened: fc.Arbitrary<Damage> = spot.map((part) => (file) => file.subarray(0, at(file, part)));

const moved: fc.Arbitrary<Damage> = fc
  .tuple(spot, spot, fc.integer({ min: 1, max: 40 }))
  .map(([from, to, length]) => (file) => {
    file.copy(file, at(file, to), at(file, from), at(file, from) + length);
    return file;
  });

const leftOut: fc.Arbitrary<Damage> = fc.tuple(spot, fc.integer({ min: 1, max: 20 })).map(
  ([from, length]) =>
    (file) =>
      Buffer.concat([file.subarray(0, at(file, from)), file.subarray(at(file, from) + length)]),
);

const weights = [
  { arbitrary: byte, weight: 6 },
  { arbitrary: number, weight: 6 },
  { arbitrary: moved, weight: 2 },
  { arbitrary: leftOut, weight: 1 },
  { arbitrary: shortened, weight: 1 },
];

/** One of the files, with nothing to a few things wrong in it. */
export function damaged(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...files), fc.array(fc.oneof(...weights), { maxLength: 6 }))
    .map(([file, damages]) => damages.reduce<Buffer>((bytes, damage) => damage(bytes), Buffer.from(file)));
}
