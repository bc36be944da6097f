import { describe, expect, it } from 'vitest';
import { SingleFlight } from '../shared/singleFlight.ts';

describe('what several ask for at the same time', () => {
  it('is done once, for each thing, and again when it is asked for later', async () => {
    const flights = new SingleFlight<number>();
    let times = 0;
    const ask = (key: string) => flights.do(key, () => Promise.resolve(++times));
    expect(await Promise.all([ask('a'), ask('b'), ask('a')])).toStrictEqual([1, 2, 1]);
    expect(await ask('a')).toBe(3);
  });

  it('fails for all of them, and is tried again for the next', async () => {
    const flights = new SingleFlight<string>();
    let times = 0;
    const fail = () => flights.do('a', () => Promise.reject(new Error(`failure ${++times}`)));
    const failures = await Promise.allSettled([fail(), fail(), fail()]);
    expect(failures.map((one) => one.status === 'rejected' && String(one.reason))).toStrictEqual(
      Array(3).fill('Error: failure 1'),
    );
    expect(await flights.do('a', () => Promise.resolve('there'))).toBe('there');
  });
});
