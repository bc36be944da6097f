import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Refused } from '../identity/errors.ts';
import type { RuleEntry } from './ruleEntries.ts';
import { RuleReading } from './ruleReading.ts';

const folder = (name: string, value = '"users"'): RuleEntry => ({ section: 'folders', name, value });
const network = (name: string, value: string): RuleEntry => ({ section: 'networks', name, value });
const read = (...entries: RuleEntry[]) => RuleReading.nothing('panel').next(entries);

it('what is said as before is not read again', async () => {
  const before = await read(folder('a'), folder('b'), folder('c'));
  const after = await before.next([folder('a'), folder('b', '"nobody"'), folder('d')]);
  expect(after.rules.map(({ name }) => name)).toEqual(['panel: a', 'panel: b', 'panel: d']);
  expect(after.rules[0]).toBe(before.rules[0]);
  expect(after.rules[1]?.grants).toEqual([]);
  expect(after.rules[2]?.grants).toBe(before.rules[0]?.grants);
});

it('what a name stands for is read again where it stands', async () => {
  const rule = folder('a', '[{"who":{"networks":"room"}}]');
  const before = await read(network('room', '"10.1.0.0/16"'), rule);
  const after = await before.next([network('room', '"10.2.0.0/16"'), rule]);
  expect(after.rules[0]?.grants[0]?.who.networks).toEqual(['10.2.0.0/16']);
  await expect(after.next([rule])).rejects.toThrow(/neither an IP address or network nor named/);
});

it.each<[string, RuleEntry[], RegExp]>([
  [
    'one of many',
    Array.from({ length: 500 }, (_, n) => folder(`f${n}`, n === 400 ? '"nbody"' : '"users"')),
    /"f400" has/,
  ],
  ['a name in two spellings', [folder('Caf\u00e9'), folder('Cafe\u0301')], /is named twice/],
  ['a network without any rule', [network('room', '"here"')], /is not an IP address/],
  ['what would be lost', [folder('__proto__')], /cannot be named/],
])('%s that is wrong is refused, after others too', async (_, entries, words) => {
  const before = await read(folder('a'));
  for (const reading of [RuleReading.nothing('panel'), before]) {
    await expect(reading.next(entries)).rejects.toThrow(words);
    await expect(reading.next(entries)).rejects.toBeInstanceOf(Refused);
  }
});

it('others have their turn while many are read', async () => {
  const reading = read(...Array.from({ length: 10_000 }, (_, n) => folder(`f${n}`)));
  let turns = 0;
  const isRead = Promise.race([reading, setImmediate(undefined)]);
  for (let one: unknown = await isRead; one === undefined; one = await Promise.race([reading, setImmediate()])) turns++;
  expect((await reading).rules).toHaveLength(10_000);
  expect(turns).toBeGreaterThan(2);
});
