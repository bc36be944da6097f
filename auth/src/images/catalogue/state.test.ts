import type { BigIntStats } from 'node:fs';
import { expect, it } from 'vitest';
import { stateOf } from './state.ts';

const stats = (different: Partial<BigIntStats> = {}): BigIntStats =>
  ({ mtimeNs: 1_000_000_001n, ctimeNs: 2_000_000_002n, size: 3n, ino: 4n, atimeNs: 5n, ...different }) as BigIntStats;

it.each<[string, Partial<BigIntStats>]>([
  ['a nanosecond', { mtimeNs: 1_000_000_002n }],
  ['the change time alone', { ctimeNs: 2_000_000_003n }],
  ['the length', { size: 4n }],
  ['the file alone, where the share has no change time', { ino: 5n }],
])('Another state: %s', (_, different) => {
  expect(stateOf(stats(different))).not.toBe(stateOf(stats()));
});

it('Numbers beyond those that a double holds are told apart', () => {
  expect(stateOf(stats({ ino: 2n ** 63n + 1n }))).not.toBe(stateOf(stats({ ino: 2n ** 63n })));
});

it('That somebody reads a file makes no other state of it', () => {
  expect(stateOf(stats({ atimeNs: 6n }))).toBe(stateOf(stats()));
});
