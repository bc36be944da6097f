import { beforeEach, expect, it } from 'vitest';
import type { Status } from '../pyramids/answers.ts';
import type { Silent } from '../pyramids/client.ts';
import { Census } from './census.ts';
import { PictureNews } from './pictureNews.ts';

let census: Census;
let status: Status | Silent;
let lines: string[];
let news: PictureNews;
beforeEach(() => {
  census = new Census();
  census.begin();
  census.note({ folder: 'maps', pictures: 100, unserved: [] });
  [status, lines] = [statusOf(40), []];
  const log = { info: (_: object, message: string) => void lines.push(message) };
  news = new PictureNews(census, { status: () => Promise.resolve(status) }, log);
});

const statusOf = (waiting: number): Status => ({ waiting: { maps: waiting }, failed: [], bytes: 0, room: 0 });

it('says nothing before the first survey is over, then how it stands, then when all is made', async () => {
  await news.look();
  expect(lines).toEqual([]);
  census.end();
  await news.look();
  status = statusOf(39);
  await news.look();
  expect(lines).toEqual(['100 pictures in 1 folder: 60 ready, 40 being made']);
  status = statusOf(0);
  await news.look();
  await news.look();
  expect(lines.slice(1)).toEqual(['100 pictures in 1 folder: 100 ready']);
});

it('says how far it is once in a while', async () => {
  census.end();
  for (let waiting = 100; waiting > 0; waiting -= 1) {
    status = statusOf(waiting);
    await news.look();
  }
  expect(lines).toHaveLength(2);
});

it('says nothing while nobody answers', async () => {
  census.end();
  status = { kind: 'silent', reason: 'no connection' };
  await news.look();
  expect(lines).toEqual([]);
});

it('looks through the folders only when something is new', async () => {
  census.end();
  let looks = 0;
  Object.defineProperty(census, 'folders', { get: () => (looks++, [{ folder: 'maps', pictures: 1, unserved: [] }]) });
  for (let look = 0; look < 10; look++) await news.look();
  expect(looks).toBe(1);
  census.note({ folder: 'maps', pictures: 2, unserved: [] });
  await news.look();
  status = statusOf(1);
  await news.look();
  expect(looks).toBe(3);
});
