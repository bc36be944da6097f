import { expect, it } from 'vitest';
import { pyramidOf } from '../../../../pyramids/src/shared/pyramid.ts';
import type { Pages } from '../pyramids/answers.ts';
import { KeptFacts, type FactSettings } from './keptFacts.ts';

const { tile, levels, native } = pyramidOf({ width: 6, height: 4 });
const PAGES: Pages = [{ width: 6, height: 4, form: 'made', tile, levels: [...levels], native }];

const AS_EVER: FactSettings = { server: 'iipsrv', pdfDpi: 200 };

function storeThat(fails: boolean, rows = new Map<string, string>()) {
  const lines: string[] = [];
  const asked: (readonly string[])[] = [];
  const answer = <T>(value: T): Promise<T> => (fails ? Promise.reject(new Error('no store')) : Promise.resolve(value));
  const store = {
    any: () => answer(false),
    load: (keys: readonly string[]) => {
      asked.push(keys);
      return answer(rows);
    },
    save: (texts: ReadonlyMap<string, string>) => {
      asked.push([...texts.keys()]);
      for (const [key, text] of texts) rows.set(key, text);
      return answer(undefined);
    },
  };
  const keptFor = (settings: FactSettings) =>
    new KeptFacts(store, settings, { warn: (_fields, message) => lines.push(message) });
  return { kept: keptFor(AS_EVER), keptFor, asked, lines };
}

it('What is saved is in memory, and in the store after a restart', async () => {
  const { kept, keptFor, asked } = storeThat(false);
  await kept.save(new Map([['known', PAGES]]), true);
  expect([kept.get('known'), kept.get('unknown'), kept.has('unknown')]).toEqual([PAGES, undefined, false]);
  const again = keptFor(AS_EVER);
  expect(again.has('known')).toBe(false);
  await again.load(['known', 'unknown']);
  expect(again.get('known')).toEqual(PAGES);
  expect(asked).toEqual([['known'], ['known', 'unknown']]);
});

it.each([
  ['for another image server', { ...AS_EVER, server: 'digilib' }],
  ['for other sizes of PDFs', { ...AS_EVER, pdfDpi: 300 }],
] as const)('What was kept %s, or is not understood, does not count', async (_what, settings) => {
  const rows = new Map([['strange', '{"pages":']]);
  const { kept, keptFor } = storeThat(false, rows);
  await kept.save(new Map([['known', PAGES]]), true);
  const other = keptFor(settings);
  await other.load(['known', 'strange']);
  expect([other.has('known'), other.has('strange')]).toEqual([false, false]);
});

it('For nothing the store is not asked, and not for the pages of the longest files', async () => {
  const { kept, asked } = storeThat(false);
  await kept.load([]);
  await kept.save(new Map(), true);
  await kept.save(new Map([['endless', Array(1001).fill(PAGES[0]) as Pages]]), true);
  expect(kept.get('endless')).toHaveLength(1001);
  expect(asked).toEqual([]);
});

it('A store that does not answer is a line in the log, and no failure', async () => {
  const { kept, lines } = storeThat(true);
  await kept.load(['known']);
  await kept.save(new Map([['found', PAGES]]), true);
  expect([kept.get('known'), kept.get('found')]).toEqual([undefined, PAGES]);
  expect(lines).toEqual(['kept facts of images cannot be read', 'facts of images cannot be kept']);
});

it('What a survey finds is in the store, and takes no memory', async () => {
  const { kept } = storeThat(false);
  await kept.save(new Map([['found', PAGES]]), false);
  expect(kept.has('found')).toBe(false);
  expect(await kept.stored(['found'])).toEqual(new Map([['found', PAGES]]));
  expect(kept.has('found')).toBe(false);
  await kept.load(['found']);
  const other = [{ ...PAGES[0], width: 7 }] as unknown as Pages;
  await kept.save(new Map([['found', other]]), false);
  expect(kept.get('found')).toEqual(other);
});
