import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { entriesAside, readFileEntries } from './entriesAside.ts';

const LONG = `networks:\n  room: 10.1.0.0/16\nfolders:\n${Array.from({ length: 3000 }, (_, n) => `  folder ${n}: users\n`).join('')}`;

it.each([
  ['rules', LONG],
  ['faults, with their lines', `${LONG}  last: evryone\n`],
])('a long file says the same in a thread of its own: %s', async (_, text) => {
  expect(await entriesAside(text, 'access.yml')).toEqual(readFileEntries(text, 'access.yml'));
});

it('others have their turn while a long file is read', async () => {
  let isRead = false as boolean;
  const reading = entriesAside(LONG, 'access.yml').finally(() => (isRead = true));
  let turns = 0;
  for (; !isRead; turns++) await setImmediate();
  expect((await reading).kind).toBe('entries');
  expect(turns).toBeGreaterThan(10);
});
