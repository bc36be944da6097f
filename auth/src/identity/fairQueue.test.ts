import { expect, it } from 'vitest';
import { FairQueue } from './fairQueue.ts';

/** A queue whose work ends when it is told to, and notes in which order it began. */
function bench(atOnce = 1, perKey = 20, inAll = 60) {
  const queue = new FairQueue({ atOnce, perKey, inAll });
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const bring = (key: string, name = key, known = false) => {
    const work = async (): Promise<string> => {
      began.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    };
    return queue.run(key, work, known);
  };
  const finish = async (): Promise<void> => {
    for (let end = ends.shift(); end; end = ends.shift()) {
      end();
      await new Promise(setImmediate);
    }
  };
  return { bring, began, finish };
}

it('keys take turns, however much one of them brings', async () => {
  const { bring, began, finish } = bench();
  const all = [...['a1', 'a2', 'a3', 'a4'].map((name) => bring('a', name)), bring('b', 'b1'), bring('c', 'c1')];
  await finish();
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'c1']);
  expect(began).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
});

it('works on a few at a time', async () => {
  const { bring, began, finish } = bench(2);
  const all = Array.from({ length: 5 }, (_, number) => bring(String(number)));
  expect(began).toEqual(['0', '1']);
  await finish();
  expect(await Promise.all(all)).toEqual(['0', '1', '2', '3', '4']);
});

it('refuses what one key brings too much of, and nobody else', async () => {
  const { bring, finish } = bench(1, 3);
  const many = Array.from({ length: 5 }, () => bring('a'));
  const other = bring('b');
  await finish();
  expect(await Promise.all(many)).toEqual(['a', 'a', 'a', 'full', 'full']);
  expect(await other).toBe('b');
});

it('when it is full, makes room for a newcomer at the cost of who brought most', async () => {
  const { bring, finish } = bench(1, 20, 4);
  const many = ['a1', 'a2', 'a3', 'a4'].map((name) => bring('a', name));
  const newcomers = [bring('b'), bring('c'), bring('d')];
  await finish();
  expect(await Promise.all(many)).toEqual(['a1', 'a2', 'full', 'full']);
  expect(await Promise.all(newcomers)).toEqual(['b', 'c', 'full']); // where every key has one, the last to come is refused
});

it('when strangers have filled it with a key each, makes room for those that are known, and for no other stranger', async () => {
  const { bring, began, finish } = bench(1, 20, 4);
  const strangers = ['a', 'b', 'c', 'd', 'e'].map((name) => bring(name));
  const known = ['k', 'l', 'm', 'n'].map((name) => bring(name, name, true));
  await finish();
  expect(await Promise.all(strangers)).toEqual(['a', 'full', 'full', 'full', 'full']);
  expect(await Promise.all(known)).toEqual(['k', 'l', 'm', 'full']); // neither known keys make room, nor work that has begun
  expect(began).toEqual(['a', 'k', 'l', 'm']);
});

it('goes on after work that failed', async () => {
  const queue = new FairQueue({ atOnce: 1, perKey: 9, inAll: 9 });
  const failed = queue.run('a', () => Promise.reject(new Error('broken')));
  const next = queue.run('a', () => Promise.resolve('done'));
  await expect(failed).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
