import { expect, it } from 'vitest';
import { SeenAddresses } from './seenAddresses.ts';

it('forgets what is older than an hour', () => {
  let now = 0;
  const seen = new SeenAddresses(() => new Date(now));
  seen.note('192.0.2.7');
  seen.note('192.0.2.7');
  now += 31 * 60_000;
  seen.note('192.0.2.8');
  expect(seen.read()).toEqual({ requests: 3, addresses: ['192.0.2.7', '192.0.2.8'] });
  now += 31 * 60_000;
  expect(seen.read()).toEqual({ requests: 1, addresses: ['192.0.2.8'] });
  now += 3 * 60 * 60_000;
  expect(seen.read()).toEqual({ requests: 0, addresses: [] });
});

it('keeps a thousand addresses at most', () => {
  const seen = new SeenAddresses(() => new Date(0));
  for (let host = 0; host < 3000; host += 1) seen.note(`10.0.${host >> 8}.${host & 255}`);
  expect(seen.read().addresses).toHaveLength(1000);
  expect(seen.read().requests).toBe(3000);
});
