import { expect, test, vi } from 'vitest';
import type { Log } from './shared/log.ts';
import { Unserved } from './unserved.ts';

const why = { reason: 'it is a film', remedy: 'show it elsewhere' };

function start() {
  const warn = vi.fn<Log['warn']>();
  return { warn, unserved: new Unserved({ warn } as unknown as Log) };
}

test('a file is named once for each of its states, with what to do about it', () => {
  const { warn, unserved } = start();
  unserved.name('a', 'maps/film.mov', why);
  unserved.name('a', 'maps/film.mov', why);
  unserved.name('b', 'maps/film.mov', why);
  expect(warn).toHaveBeenCalledTimes(2);
  expect(warn).toHaveBeenCalledWith({ remedy: 'show it elsewhere' }, 'maps/film.mov cannot be served: it is a film');
});

test('there is an end to it, for an hour', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const { warn, unserved } = start();
  for (let n = 0; n < 1000; n += 1) unserved.name(`${n}`, `${n}.mov`, why);
  expect(warn).toHaveBeenCalledTimes(201);
  expect(warn.mock.lastCall?.[1]).toBe('more files cannot be served; they are not named for an hour');
  now.mockReturnValue(3_600_000);
  unserved.name('another', 'another.mov', why);
  expect(warn.mock.lastCall?.[1]).toBe('another.mov cannot be served: it is a film');
  now.mockRestore();
});
