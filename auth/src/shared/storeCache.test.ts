import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreCache } from './storeCache.ts';

let state: string;
let looks: number;
let reads: number;
let stored: { readonly name: string } | undefined;
let cache: StoreCache<{ readonly name: string }>;

const store = {
  state(): Promise<string> {
    looks += 1;
    return state === '' ? Promise.reject(new Error('cut off by the test')) : Promise.resolve(state);
  },
};
const ask = (key = 'one'): Promise<{ readonly name: string } | undefined> =>
  cache.once(key, () => {
    reads += 1;
    return Promise.resolve(stored);
  });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  [state, looks, reads, stored] = ['1', 0, 0, { name: 'old' }];
  cache = new StoreCache(store);
  return () => vi.useRealTimers();
});

describe('what was read', () => {
  it('is known as long as nothing changes: one look a second for all of it', async () => {
    for (let second = 0; second < 10; second++) {
      for (const key of ['one', 'two', 'three']) expect(await ask(key)).toEqual({ name: 'old' });
      vi.advanceTimersByTime(1000);
    }
    expect([looks, reads]).toEqual([10, 3]);
  });

  it('is looked at once by all who ask in the same moment', async () => {
    await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect([looks, reads]).toEqual([1, 1]);
  });

  it('is read again within a second of a change', async () => {
    await ask();
    [state, stored] = ['2', { name: 'new' }];
    vi.advanceTimersByTime(999);
    expect(await ask()).toEqual({ name: 'old' });
    vi.advanceTimersByTime(1);
    expect(await ask()).toEqual({ name: 'new' });
  });

  it('is read again after it was cleared, and where it was not there', async () => {
    await ask();
    cache.clear();
    stored = undefined;
    expect(await ask()).toBeUndefined();
    stored = { name: 'new' };
    expect(await ask()).toEqual({ name: 'new' });
  });

  it('is not known any more where the store does not answer, and when it does again', async () => {
    await ask();
    state = '';
    vi.advanceTimersByTime(1000);
    await ask();
    state = '1';
    vi.advanceTimersByTime(1000);
    await ask();
    expect(reads).toBe(3);
  });
});
