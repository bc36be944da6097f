import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { KeptReadings } from './keptReadings.ts';

const NOW = 1_800_000_000_000;
const SECONDS = 1000;

/** A folder of so many images, which takes so long to read, and last changed so long ago. */
class StubFolder {
  images = 100_000;
  takes = 2 * SECONDS;
  stamp: { state: string; changed: number } | undefined = { state: 'as it was', changed: NOW - 60 * SECONDS };
  reads = 0;
  readonly kept = new KeptReadings<{ images: number }>(
    () => Promise.resolve(this.stamp),
    ({ images }) => images,
    systemClock,
  );

  get(path = 'many'): Promise<{ images: number }> {
    return this.kept.get([path], () => {
      this.reads += 1;
      vi.advanceTimersByTime(this.takes);
      return Promise.resolve({ images: this.images });
    });
  }

  /** How often it was read when it was asked for twice, with something between. */
  async readsOf(between: () => void = () => undefined): Promise<number> {
    await this.get();
    between();
    await this.get();
    return this.reads;
  }
}

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe('a large folder that was read', () => {
  it('is not read again while it is as it was: the same reading is there', async () => {
    const folder = new StubFolder();
    const first = await folder.get();
    expect(await folder.get()).toBe(first);
    expect(folder.reads).toBe(1);
  });

  it.each([
    ['names came or went in it', (folder: StubFolder) => (folder.stamp = { state: 'another', changed: NOW })],
    ['it is not there any more', (folder: StubFolder) => (folder.stamp = undefined)],
    ['twenty times as long as reading took are over', () => vi.advanceTimersByTime(40 * SECONDS)],
  ])('is read again when %s', async (_, between) => {
    const folder = new StubFolder();
    expect(await folder.readsOf(() => between(folder))).toBe(2);
  });

  it('is cached for a minute at most', async () => {
    const folder = new StubFolder();
    folder.takes = 600 * SECONDS;
    expect(await folder.readsOf(() => vi.advanceTimersByTime(59 * SECONDS))).toBe(1);
    vi.advanceTimersByTime(SECONDS);
    await folder.get();
    expect(folder.reads).toBe(2);
  });

  it('is not cached where it changed just before, and may have changed again within the same tick', async () => {
    const folder = new StubFolder();
    folder.stamp = { state: 'as it was', changed: NOW - SECONDS };
    expect(await folder.readsOf()).toBe(2);
  });
});

it('a folder of fewer than 500 images is read each time', async () => {
  const folder = new StubFolder();
  folder.images = 499;
  expect(await folder.readsOf()).toBe(2);
});

it('of several large folders those are kept that were asked for last, 150,000 images in all', async () => {
  const folder = new StubFolder();
  folder.images = 60_000;
  for (const path of ['one', 'two', 'one', 'three']) await folder.get(path);
  expect(folder.reads).toBe(3);
  await folder.get('one');
  expect(folder.reads).toBe(3);
  await folder.get('two');
  expect(folder.reads).toBe(4);
});
