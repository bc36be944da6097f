import { expect, it } from 'vitest';
import { naturally } from './names.ts';
import { sortedWithPauses } from './sorted.ts';

/** Always the same numbers, as if they were random. */
function* shuffled(count: number): Generator<number> {
  for (let index = 0, number = 1; index < count; index += 1) yield (number = (number * 48_271) % 2_147_483_647);
}

it.each([0, 1, 2, 255, 256, 257, 512, 513, 3000])('%i names come out as Array.sort has them', async (count) => {
  const names = [...shuffled(count)].map((number) => `${['Page', 'page', 'é', 'e'][number % 4]}${number % 50}.tif`);
  expect(await sortedWithPauses(names, naturally)).toEqual([...names].sort(naturally));
});

it('a hundred thousand names are sorted with a pause every few thousand comparisons', async () => {
  const names = [...shuffled(100_000)].map((number) => `page${number}.tif`);
  let [since, most, turns, sorting] = [0, 0, 0, true];
  const others = (async () => {
    for (; sorting; turns += 1) {
      most = Math.max(most, since);
      since = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const sorted = await sortedWithPauses(names, (a, b) => {
    since += 1;
    return a < b ? -1 : Number(a > b);
  });
  sorting = false;
  await others;
  expect(sorted).toEqual([...names].sort());
  expect(turns).toBeGreaterThan(500);
  expect(most).toBeLessThan(6000);
});
