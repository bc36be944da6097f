import { beforeEach, expect, it } from 'vitest';
import { pyramidOf } from '../../../../pyramids/src/shared/pyramid.ts';
import type { Picture } from '../picture.ts';
import type { Facts, Page } from '../pyramids/answers.ts';
import type { Master, Silent } from '../pyramids/client.ts';
import { ImageFacts } from './imageFacts.ts';
import { KeptFacts } from './keptFacts.ts';
import { KnownFacts } from './knownFacts.ts';
import { UnservedLog } from './unservedLog.ts';

const page = (width: number, height: number): Page => {
  const { tile, levels, native } = pyramidOf({ width, height });
  return { width, height, form: 'made', tile, levels: [...levels], native };
};
const picture = (real: string, { named = real, state = '1', number = 0 } = {}): Picture => ({
  kind: 'file',
  path: named.split('/'),
  real: [real],
  state,
  page: number,
});

const FILES: Record<string, Facts> = {
  'a.tif': { kind: 'picture', pages: [page(600, 400)] },
  'book.pdf': { kind: 'picture', pages: [page(600, 400), page(60, 40), page(6, 4)] },
  'text.tif': { kind: 'unsuitable', reason: 'no picture', remedy: 'draw one' },
  'closed.tif': { kind: 'unreadable', reason: 'it may not be read', remedy: 'chmod' },
};

let lines: string[];
let asked: string[];
let silent: Silent | undefined;
let facts: ImageFacts;
beforeEach(() => {
  [lines, asked, silent] = [[], [], undefined];
  const log = { warn: (_: object, message: string) => void lines.push(message) };
  const store = {
    any: () => Promise.resolve(false),
    load: () => Promise.resolve(new Map<string, string>()),
    save: () => Promise.resolve(),
  };
  const client = {
    facts: (masters: readonly Master[]) => {
      asked.push(...masters.map(({ path }) => path));
      return Promise.resolve(silent ?? masters.map(({ path }) => FILES[path] as Facts));
    },
  };
  const unserved = new UnservedLog({ describe: (path) => path.join('/') }, log);
  facts = new ImageFacts(
    new KnownFacts(client, new KeptFacts(store, { server: 'iipsrv', pdfDpi: 200 }, log), unserved),
  );
});

it('An image has its size, its pyramid, and what it is made from, which is where it really lies', async () => {
  expect(await facts.of(picture('a.tif', { named: 'link.tif' }))).toEqual({
    kind: 'image',
    width: 600,
    height: 400,
    version: expect.stringMatching(/^[\da-f]{16}$/) as string,
    pyramid: pyramidOf({ width: 600, height: 400 }),
    from: { master: { key: expect.stringMatching(/^[\da-f]{64}$/) as string, path: 'a.tif', state: '1' }, page: 0 },
  });
});

it('It is asked for once for all requests at the same time and afterwards, and again when the file has changed', async () => {
  await Promise.all([1, 2, 3].map(() => facts.of(picture('a.tif'))));
  const before = await facts.of(picture('a.tif'));
  expect(asked).toEqual(['a.tif']);
  const after = await facts.of(picture('a.tif', { state: '2' }));
  expect(asked).toEqual(['a.tif', 'a.tif']);
  expect('version' in before && 'version' in after && before.version !== after.version).toBe(true);
});

it.each([
  ['text.tif', 'unsuitable', 'text.tif is not served: no picture'],
  ['closed.tif', 'unreadable', 'closed.tif cannot be read: it may not be read'],
])('%s is %s, and the log says why, once', async (name, kind, line) => {
  for (let time = 0; time < 2; time += 1) expect(await facts.of(picture(name))).toMatchObject({ kind });
  expect(asked).toEqual([name]);
  expect(lines).toEqual([line]);
});

it('That nobody answers says nothing about the image: the next visitor asks again', async () => {
  silent = { kind: 'silent', reason: 'no connection' };
  expect(await facts.of(picture('a.tif'))).toEqual({ kind: 'unavailable', reason: 'no connection' });
  silent = undefined;
  expect(await facts.of(picture('a.tif'))).toMatchObject({ kind: 'image' });
});

it('A file of several pages is its pages, and nothing else; a single picture has none', async () => {
  const ofBook = (number: number) => facts.of(picture('book.pdf', { named: `book.pdf/${number}`, number }));
  expect(await ofBook(2)).toMatchObject({ width: 60, height: 40, from: { page: 1 } });
  expect(await ofBook(4)).toEqual({ kind: 'missing', message: 'There is no image of this identifier.' });
  expect(await facts.of(picture('book.pdf'))).toEqual({
    kind: 'missing',
    message: 'This file has 3 pages: book.pdf!1 to book.pdf!3.',
  });
  expect(await facts.of(picture('a.tif', { named: 'a.tif/1', number: 1 }))).toMatchObject({ kind: 'missing' });
});
