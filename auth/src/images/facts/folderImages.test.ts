import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pyramidOf } from '../../../../pyramids/src/shared/pyramid.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { ImagesGone } from '../catalogue/disk.ts';
import { Census } from '../census/census.ts';
import type { Folder } from '../catalogue/listing.ts';
import type { Facts, Page } from '../pyramids/answers.ts';
import type { Master, Silent, Wish } from '../pyramids/client.ts';
import { FolderImages } from './folderImages.ts';
import { KeptFacts } from './keptFacts.ts';
import { KnownFacts } from './knownFacts.ts';
import { survey } from './survey.ts';
import { UnservedLog } from './unservedLog.ts';

const FOLDERS = 7;
const IMAGES = 700;
const { tile, levels, native } = pyramidOf({ width: 6, height: 4 });
const PAGE: Page = { width: 6, height: 4, form: 'made', tile, levels: [...levels], native };

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-folder-images-'));
  for (let folder = 0; folder < FOLDERS; folder++) {
    mkdirSync(join(root, `large${folder}`));
    for (let image = 0; image < IMAGES; image++) writeFileSync(join(root, `large${folder}`, `${image}.tif`), '');
  }
  mkdirSync(join(root, 'mixed'));
  for (const name of ['1.tif', 'book.pdf', 'text.tif']) writeFileSync(join(root, 'mixed', name), '');
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function factsOf({ path }: Master, width: number): Facts {
  if (path.endsWith('text.tif')) return { kind: 'unsuitable', reason: 'no picture', remedy: 'draw one' };
  const page = { ...PAGE, width };
  return { kind: 'picture', pages: path.endsWith('.pdf') ? [page, page] : [page] };
}

/** What reads folders; the questions that it asks, and how many of them at most at a time. */
function newReader() {
  const store = new Map<string, string>();
  const asked: { paths: string[]; wish: Wish }[] = [];
  const state = { underWay: 0, most: 0, silent: undefined as Silent | undefined, width: 6 };
  const log = { warn: () => undefined };
  const client = {
    facts: async (masters: readonly Master[], wish: Wish) => {
      asked.push({ paths: masters.map(({ path }) => path), wish });
      state.most = Math.max(state.most, ++state.underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      state.underWay -= 1;
      return state.silent ?? masters.map((master) => factsOf(master, state.width));
    },
  };
  const facts = {
    any: () => Promise.resolve(false),
    load: () => Promise.resolve(new Map<string, string>()),
    save: (texts: ReadonlyMap<string, string>) => {
      for (const [key, text] of texts) store.set(key, text);
      return Promise.resolve();
    },
  };
  const catalogue = new Catalogue(root);
  const unserved = new UnservedLog(catalogue, log);
  const known = new KnownFacts(client, new KeptFacts(facts, { server: 'iipsrv', pdfDpi: 200 }, log), unserved);
  const folderOf = async (name: string) => (await catalogue.folder([name])) as Folder;
  return { folderImages: new FolderImages(catalogue, known, unserved), catalogue, folderOf, store, asked, state };
}

it('large folders that nothing is known of are asked for in parts, few at a time, no file twice, and all is kept', async () => {
  const { folderImages, folderOf, store, asked, state } = newReader();
  const folders = await Promise.all(Array.from({ length: FOLDERS }, (_, number) => folderOf(`large${number}`)));
  const read = await Promise.all(folders.map((folder) => folderImages.of(folder)));
  expect(read.map((images) => images.length)).toStrictEqual(Array(FOLDERS).fill(IMAGES));
  expect(new Set(asked.flatMap(({ paths }) => paths)).size).toBe(FOLDERS * IMAGES);
  expect(asked.flatMap(({ paths }) => paths)).toHaveLength(FOLDERS * IMAGES);
  expect(new Set(asked.map(({ wish }) => wish))).toEqual(new Set(['folder']));
  expect(Math.max(...asked.map(({ paths }) => paths.length))).toBeLessThanOrEqual(500);
  expect(state.most).toBe(4);
  expect(store.size).toBe(FOLDERS * IMAGES);
});

it('a folder that is known is wished for once in a while, and nobody waits for that', async () => {
  const { folderImages, catalogue, folderOf, asked } = newReader();
  await survey(catalogue, folderImages, new Census(), { isOver: () => false, wish: 'sweep' });
  asked.length = 0;
  for (let time = 0; time < 3; time += 1) await folderImages.of(await folderOf('large0'));
  await expect.poll(() => asked.flatMap(({ paths }) => paths).length).toBe(IMAGES);
  expect(new Set(asked.map(({ wish }) => wish))).toEqual(new Set(['folder']));
});

it('the one file that is asked about to see whether a folder holds images is kept, too', async () => {
  const { folderImages, folderOf, store, asked } = newReader();
  expect(await folderImages.any(await folderOf('large0'))).toBe(true);
  expect(asked).toEqual([{ paths: ['large0/0.tif'], wish: 'none' }]);
  expect(store.size).toBe(1);
});

it('files of several pages, and what is no picture, are no images of their folder', async () => {
  const { folderImages, folderOf } = newReader();
  const images = await folderImages.of(await folderOf('mixed'));
  expect(images).toEqual([{ path: ['mixed', '1.tif'], real: ['mixed', '1.tif'], width: 6, height: 4 }]);
});

it('the survey asks about every file, whatever is known, so that it is made when there is time', async () => {
  const { folderImages, catalogue, asked } = newReader();
  for (let time = 0; time < 2; time += 1)
    await survey(catalogue, folderImages, new Census(), { isOver: () => false, wish: 'sweep' });
  expect(asked.flatMap(({ paths }) => paths)).toHaveLength(2 * (FOLDERS * IMAGES + 3));
  expect(new Set(asked.map(({ wish }) => wish))).toEqual(new Set(['sweep']));
});

it('what the survey is told counts, also where something else was known', async () => {
  const { folderImages, catalogue, folderOf, state } = newReader();
  const size = async () => (await folderImages.of(await folderOf('mixed'))).map(({ width }) => width);
  expect(await size()).toEqual([6]);
  state.width = 12;
  expect(await size()).toEqual([6]);
  await survey(catalogue, folderImages, new Census(), { isOver: () => false, wish: 'sweep' });
  expect(await size()).toEqual([12]);
});

it('nothing is said of a folder while nobody answers', async () => {
  const { folderImages, folderOf, state } = newReader();
  state.silent = { kind: 'silent', reason: 'no connection' };
  await expect(folderImages.of(await folderOf('mixed'))).rejects.toThrow(ImagesGone);
});
