import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurn, median, quantile, ratio } from './numbers.mjs';
import { isMet, tableOf } from './table.mjs';

test('the middle one of numbers, and of the ratios of rounds', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(quantile([4, 1, 3, 2], 0.95), 4);
  // Each round is compared with itself: the third was on a busy computer.
  assert.equal(ratio([10, 20, 2], [5, 10, 1]), 2);
});

test('things are measured in turn, not one after the other', async () => {
  /** @type {string[]} */
  const order = [];
  const one = (/** @type {string} */ name) => (/** @type {number} */ round) => {
    order.push(name);
    return Promise.resolve(round);
  };
  const measured = await inTurn(2, { a: one('a'), b: one('b') });
  assert.deepEqual(order, ['a', 'b', 'a', 'b']);
  assert.deepEqual(measured, { a: [0, 1], b: [0, 1] });
});

test('a goal is met at its very number', () => {
  assert.ok(isMet({ what: '', value: 0.8, atLeast: 0.8 }));
  assert.ok(!isMet({ what: '', value: 0.79, atLeast: 0.8 }));
  assert.ok(isMet({ what: '', value: 2, atMost: 2 }));
  assert.ok(!isMet({ what: '', value: 2.01, atMost: 2 }));
});

test('a table: what was measured, the goal, and whether it is reached', () => {
  const table = tableOf([
    { what: 'warm', value: 0.456, atLeast: 0.8, rate: 1234.6, cost: 99.7, ofRates: 0.5, remark: 'why' },
    { what: 'memory', value: 79.6, unit: 'MB', atMost: 80 },
  ]);
  assert.deepEqual(table.split('\n'), [
    '| what   | result | goal    | reached | a second | µs of a core | ÷ by rate | remark |',
    '| ------ | ------ | ------- | ------- | -------- | ------------ | --------- | ------ |',
    '| warm   | 0.46   | ≥ 0.8   | MISSED  | 1235     | 100          | 0.50      | why    |',
    '| memory | 80 MB  | ≤ 80 MB | yes     |          |              |           |        |',
  ]);
});
