import { expect, it } from 'vitest';
import { Ration } from './ration.ts';

/** How many of so many are given to clients of these addresses, who take turns. */
async function given(ration: Ration, addresses: readonly string[], times: number): Promise<number> {
  let taken = 0;
  for (let time = 0; time < times; time += 1) {
    if (await ration.take(addresses[time % addresses.length] ?? '')) taken += 1;
  }
  return taken;
}

it('A network gets its portion, and leaves that of others', async () => {
  const ration = new Ration({ each: 3, all: 100, duration: 60 });
  expect(await given(ration, ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'], 20)).toBe(3);
  expect(await given(ration, ['192.0.2.7'], 20)).toBe(3);
});

it('All networks together get no more than there is', async () => {
  const ration = new Ration({ each: 3, all: 10, duration: 60 });
  const networks = Array.from({ length: 100 }, (_, number) => `192.0.2.${number}`);
  expect(await given(ration, networks, 500)).toBe(10);
});
