import { expect, it } from 'vitest';
import { loadPieces, PIECES } from './pieces.ts';

it('every piece is there', () => {
  for (const name of PIECES) expect(() => import.meta.resolve(name), name).not.toThrow();
});

it('whatever waits is done between two of them; one that is not there keeps nobody', async () => {
  const order: string[] = [];
  const loading = loadPieces((name) => {
    order.push(name);
    // As long as what waits for disk and database in turn.
    setImmediate(() => setImmediate(() => setImmediate(() => order.push('a tile'))));
    return name === 'rollup' ? Promise.reject(new Error('it is not there')) : Promise.resolve();
  });
  await loading;
  expect(order).toEqual(PIECES.flatMap((name) => [name, 'a tile']));
});
