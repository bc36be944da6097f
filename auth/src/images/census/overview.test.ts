import { expect, it } from 'vitest';
import type { Status } from '../pyramids/answers.ts';
import { Census } from './census.ts';
import { overviewOf } from './overview.ts';
import { durationOf, summaryOf } from './summary.ts';

const status: Status = { waiting: {}, failed: [], secondsLeft: 600, bytes: 1, room: 2 };
const damaged = { reason: 'it is damaged', remedy: 'copy it once more' };

const census = (): Census => {
  const found = new Census();
  found.begin();
  found.note({ folder: '', pictures: 0, unserved: [] });
  found.note({ folder: 'maps', pictures: 1200, unserved: [{ file: 'maps/a.tif', ...damaged }] });
  found.note({ folder: 'books', pictures: 3, unserved: [] });
  found.end();
  return found;
};

it('counts what is ready, being made and not served, in all and in each folder that holds pictures', () => {
  const failed = [{ path: 'books/b.pdf', page: 1, ...damaged }];
  const overview = overviewOf(census().folders, { ...status, waiting: { maps: 21 }, failed });
  expect(overview.all).toEqual({ pictures: 1204, ready: 1181, beingMade: 21, unserved: 2 });
  expect(overview.folders).toEqual([
    { folder: 'books', pictures: 3, ready: 2, beingMade: 0, unserved: 1 },
    { folder: 'maps', pictures: 1201, ready: 1179, beingMade: 21, unserved: 1 },
  ]);
  expect(overview.unserved.map(({ file }) => file)).toEqual(['books/b.pdf!2', 'maps/a.tif']);
  expect(summaryOf(overview)).toBe(
    '1,204 pictures in 2 folders: 1,181 ready, 21 being made, 2 cannot be served: books/b.pdf!2 (it is damaged), maps/a.tif (it is damaged)',
  );
});

it('what failed and is found unserved by the next survey is counted once', () => {
  const overview = overviewOf(census().folders, { ...status, failed: [{ path: 'maps/a.tif', page: 0, ...damaged }] });
  expect(overview.all).toEqual({ pictures: 1204, ready: 1203, beingMade: 0, unserved: 1 });
});

it('a folder that is not there any more is forgotten by the next survey, and not before its end', () => {
  const found = census();
  found.begin();
  found.note({ folder: 'maps', pictures: 5, unserved: [] });
  expect(found.folders.map(({ folder, pictures }) => [folder, pictures])).toEqual([
    ['maps', 5],
    ['', 0],
    ['books', 3],
  ]);
  found.end();
  expect(found.folders).toHaveLength(1);
});

it('nothing, one, and more than are named', () => {
  expect(summaryOf(overviewOf([], status))).toBe('There are no pictures in the folder of images yet');
  expect(summaryOf(overviewOf([{ folder: '', pictures: 1, unserved: [] }], status))).toBe(
    '1 picture in 1 folder: 1 ready',
  );
  const unserved = ['a', 'b', 'c', 'd'].map((file) => ({ file, ...damaged }));
  expect(summaryOf(overviewOf([{ folder: '', pictures: 0, unserved }], status))).toMatch(
    /^4 pictures in 1 folder: 0 ready, 4 cannot be served: a \(it is damaged\), .*, c \(it is damaged\), …$/,
  );
});

it.each([
  [0.2, '1 second'],
  [40, '40 seconds'],
  [100, '2 minutes'],
  [3600 * 30, '30 hours'],
])('%s seconds are %s', (seconds, words) => {
  expect(durationOf(seconds)).toBe(words);
});
