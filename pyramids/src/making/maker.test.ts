import { describe, expect, test } from 'vitest';
import { makerOf, masterOf, openVolume, useFolders } from '../../test/support/workshop.ts';
import type { Facts } from '../shared/facts.ts';
import type { Master } from '../shared/master.ts';

useFolders();

/** Headers that are read when the test says so; nothing is ever made. */
class Gates {
  readonly started: string[] = [];
  readonly #gates = new Map<string, PromiseWithResolvers<Facts>>();

  readonly of = async ({ path }: Master): Promise<Facts> => {
    this.started.push(path);
    return this.#gate(path).promise;
  };
  readonly header = async (master: Master) => {
    const facts = await this.#gate(master.path).promise;
    return facts.kind === 'picture' ? { kind: 'unsuitable' as const, reason: '', remedy: '' } : facts;
  };

  open(...paths: string[]): void {
    for (const path of paths)
      this.#gate(path).resolve({ kind: 'unsuitable', reason: `${path} is no picture`, remedy: 'none' });
  }

  break(path: string): void {
    this.#gate(path).reject(new Error('a mistake of ours'));
  }

  #gate(path: string): PromiseWithResolvers<Facts> {
    const gate = this.#gates.get(path) ?? Promise.withResolvers<Facts>();
    this.#gates.set(path, gate);
    return gate;
  }
}

async function prepare(more: Parameters<typeof makerOf>[2] = {}) {
  const gates = new Gates();
  const volume = await openVolume();
  const maker = makerOf(volume, gates, more);
  const masters = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((path) => [path, masterOf(path, path)])) as Record<
    string,
    Master
  >;
  const want = async (path: string, wish: 'tile' | 'folder' | 'sweep') => maker.want(masters[path] as Master, 0, wish);
  const started = (count: number) => expect.poll(() => gates.started.length).toBe(count);
  return { gates, maker, want, started };
}

describe('the order', () => {
  test('who looks at an image comes first and has a core more, then the folder, then the rest', async () => {
    const { gates, maker, want, started } = await prepare();
    const all = [want('a', 'sweep'), want('b', 'sweep'), want('c', 'folder'), want('d', 'tile'), want('e', 'tile')];
    await started(2);
    expect(gates.started).toEqual(['a', 'd']);
    expect(maker.status()).toMatchObject({
      queue: { tile: 1, folder: 1, sweep: 1 },
      making: [
        { path: 'a', page: 0 },
        { path: 'd', page: 0 },
      ],
    });
    gates.open('a', 'b', 'c', 'd', 'e');
    await Promise.all(all);
    expect(gates.started).toEqual(['a', 'd', 'e', 'c', 'b']);
    expect(maker.status()).toMatchObject({ queue: { tile: 0, folder: 0, sweep: 0 }, making: [] });
  });

  test('what is wanted more is raised, never lowered, and is made once for all', async () => {
    const { gates, want, started } = await prepare();
    const first = want('a', 'folder');
    const all = [
      want('b', 'folder'),
      want('c', 'sweep'),
      want('d', 'sweep'),
      want('d', 'folder'),
      want('b', 'sweep'),
      want('a', 'tile'),
    ];
    await started(1);
    all.push(want('c', 'tile'));
    await started(2);
    expect(gates.started).toEqual(['a', 'c']);
    gates.open('a', 'b', 'c', 'd');
    await Promise.all([first, ...all]);
    expect(gates.started).toEqual(['a', 'c', 'b', 'd']);
  });

  test('the rest waits while tiles are asked for, and goes on by itself', async () => {
    let quietFor = 0;
    const { gates, want, started } = await prepare({ quietFor: () => quietFor });
    gates.open('a', 'b');
    const swept = want('a', 'sweep');
    await want('b', 'folder');
    expect(gates.started).toEqual(['b']);
    quietFor = 10;
    await started(2);
    await swept;
  });
});

describe('no queue stands still', () => {
  test('because of a mistake of ours', async () => {
    const { gates, want } = await prepare();
    gates.break('a');
    gates.open('b');
    const [a, b] = await Promise.all([want('a', 'folder'), want('b', 'folder')]);
    expect(a).toMatchObject({ kind: 'unavailable' });
    expect(b).toEqual({ kind: 'failed', reason: 'b is no picture', remedy: 'none' });
  });

  test('at the end: who waits is told so', async () => {
    const { gates, maker, want, started } = await prepare();
    const [a, b] = [want('a', 'folder'), want('b', 'folder')];
    await started(1);
    const stopped = maker.stop();
    expect(await b).toMatchObject({ kind: 'unavailable' });
    gates.open('a');
    await Promise.all([a, stopped]);
    expect(gates.started).toEqual(['a']);
    expect(await want('c', 'tile')).toMatchObject({ kind: 'unavailable' });
  });
});
