import { randomFrom } from './random.ts';

export type JpegShape = {
  width: number;
  height: number;
  /** Of each colour: blocks in a unit, across and down. */
  sampling: readonly (readonly [number, number])[];
  /** Units from one restart to the next; 0: none. */
  restart: number;
  /** Whether its table for first values has only what occurs, as programs that save bytes make it. */
  tight: boolean;
  seed: number;
};

/** Symbols of the table for other values: frequent ones in 4 bits, the rest in 12. */
const REST = [
  0x00,
  0xf0,
  ...Array.from({ length: 160 }, (_, index) => (Math.floor(index / 10) << 4) | ((index % 10) + 1)),
];

/** A JPEG of random values, baseline, in one scan; what it shows is noise. */
export function makeJpeg(shape: JpegShape): Buffer {
  const { width, height, sampling, restart, tight } = shape;
  const units = scanOf(shape);
  const widths = units.flatMap((unit) => unit.flatMap((block) => widthOf(block.first)));
  const firsts = tight ? [...new Set(widths)].sort((a, b) => a - b) : Array.from({ length: 12 }, (_, index) => index);
  const coded: number[] = [];
  for (let from = 0; from < units.length; from += restart || units.length) {
    if (from > 0) coded.push(0xff, 0xd0 + ((from / restart - 1) & 7));
    coded.push(...code(units.slice(from, from + (restart || units.length)), firsts));
  }
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    ...segment(0xc4, [0, ...counts({ 4: firsts.length }), ...firsts]),
    ...segment(0xc4, [0x10, ...counts({ 4: 8, 12: REST.length - 8 }), ...REST]),
    ...segment(0xc0, [
      8,
      ...two(height),
      ...two(width),
      sampling.length,
      ...sampling.flatMap(([h, v], id) => [id + 1, h * 16 + v, 0]),
    ]),
    ...(restart ? segment(0xdd, two(restart)) : []),
    ...segment(0xda, [sampling.length, ...sampling.flatMap((_, id) => [id + 1, 0]), 0, 63, 0]),
    ...coded,
    ...[0xff, 0xd9],
  ]);
}

/** A block: difference of its first value to the one before it, and the other 63, of which most are zero. */
type Block = { first: number; rest: number[] };

function scanOf({ width, height, sampling, restart, seed }: JpegShape): Block[][] {
  const random = randomFrom(seed);
  const alone = sampling.length === 1;
  const [across, down] = [0, 1].map((side) => (alone ? 1 : Math.max(...sampling.map((each) => each[side] ?? 1)))) as [
    number,
    number,
  ];
  const total = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const values = sampling.map(() => 0);
  return Array.from({ length: total }, (_, unit) => {
    if (restart && unit % restart === 0) values.fill(0);
    return sampling.flatMap(([h, v], colour) =>
      Array.from({ length: alone ? 1 : h * v }, (): Block => {
        const before = values[colour] ?? 0;
        const value = Math.round((random() - 0.5) * 2000);
        values[colour] = value;
        const rest = Array.from({ length: 63 }, () => (random() < 0.1 ? Math.round((random() - 0.5) * 300) : 0));
        return { first: value - before, rest };
      }),
    );
  });
}

function code(units: readonly Block[][], firsts: readonly number[]): number[] {
  let bits = '';
  for (const { first, rest } of units.flat()) {
    bits += binary(firsts.indexOf(widthOf(first)), 4) + valueBits(first);
    let zeros = 0;
    for (const value of rest) {
      if (value === 0) zeros += 1;
      else {
        for (; zeros > 15; zeros -= 16) bits += symbolBits(0xf0);
        bits += symbolBits(zeros * 16 + widthOf(value)) + valueBits(value);
        zeros = 0;
      }
    }
    if (zeros > 0) bits += symbolBits(0);
  }
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '1'), 2));
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

function symbolBits(symbol: number): string {
  const index = REST.indexOf(symbol);
  return index < 8 ? binary(index, 4) : binary(8 * 256 + index - 8, 12);
}

const widthOf = (value: number): number => (value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1);
const binary = (value: number, width: number): string => (width === 0 ? '' : value.toString(2).padStart(width, '0'));
const valueBits = (value: number): string =>
  binary(value < 0 ? value + 2 ** widthOf(value) - 1 : value, widthOf(value));
const two = (value: number): [number, number] => [value >> 8, value & 255];
const segment = (marker: number, body: readonly number[]): number[] => [0xff, marker, ...two(body.length + 2), ...body];
const counts = (byLength: Record<number, number>): number[] =>
  Array.from({ length: 16 }, (_, index) => byLength[index + 1] ?? 0);
