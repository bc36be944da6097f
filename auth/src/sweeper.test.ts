import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Retention } from './database/storedRetention.ts';
import { StoreUnavailable } from './shared/errors.ts';
import { Sweeper } from './sweeper.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const HOUR = 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A sweeper that keeps the audit trail for ten days; `asked` are the questions of its rounds. */
function bench(removed: () => Promise<number> = () => Promise.resolve(0)) {
  const asked: string[] = [];
  const warned: string[] = [];
  const ask = (question: string): Promise<number> => {
    asked.push(question);
    return removed();
  };
  const retention = {
    removeSomeBefore: (table: string, before: Date) => ask(`${table} ${before.toISOString().slice(0, 10)}`),
    removeSomeBeyond: (table: string, kept: number) => ask(`${table} ${kept}`),
  } as unknown as Retention;
  const log = { warn: (_: object, message: string) => void warned.push(message) };
  return { sweeper: new Sweeper(retention, 10, () => NOW, log), asked, warned };
}

const ROUND = [
  'session 2026-11-21',
  'ended_visit 2026-11-22',
  'password_link 2026-11-22',
  'share 2026-08-24',
  'access_request 2026-08-24',
  'audit_event 2026-11-12',
  'image_fact 2026-08-24',
  'image_fact 2000000',
];

it('A minute after the start, and every hour, what is old is asked for', async () => {
  const { sweeper, asked } = bench();
  sweeper.start();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual(ROUND);
  await vi.advanceTimersByTimeAsync(2 * HOUR);
  expect(asked).toEqual([...ROUND, ...ROUND, ...ROUND]);
});

it('Once it is stopped, nothing is asked any more, before its first round or after', async () => {
  for (const after of [0, 2 * HOUR]) {
    const { sweeper, asked } = bench();
    sweeper.start();
    await vi.advanceTimersByTimeAsync(after);
    const before = asked.length;
    await sweeper.stop();
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(asked).toHaveLength(before);
  }
});

it('A database that does not answer is asked again in an hour, with a line in the log', async () => {
  const { sweeper, asked, warned } = bench(() => Promise.reject(new StoreUnavailable('cut off by the test')));
  sweeper.start();
  await vi.advanceTimersByTimeAsync(60_000 + HOUR);
  expect(asked).toEqual(['session 2026-11-21', 'session 2026-11-21']);
  expect(warned).toHaveLength(2);
  await sweeper.stop();
});
