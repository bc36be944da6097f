import { renameSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Catalogue } from '../../src/images/catalogue.ts';
import { Shelves } from '../../src/images/shelves.ts';
import type { Library } from '../../src/images/library.ts';
import { Vitrine } from '../support/vitrine.ts';

const IMAGES = 600;
const VISITORS = 20;

let vitrine: Vitrine;
beforeAll(async () => {
  const pages = (folder: string) => Array.from({ length: IMAGES }, (_, page) => `${folder}/page${page}.tif`);
  const files = [...pages('cold'), ...pages('silent'), ...pages('lost')];
  vitrine = await Vitrine.start({ files, env: { PROTECT_MANIFESTS: 'true' } });
});
afterAll(() => vitrine.stop());

const times = <T>(ask: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: VISITORS }, (_, number) => ask(number)));

it('A folder that nothing is known of is read once for all who ask at once, and each gets what they may see', async () => {
  const { cookie } = await vitrine.logIn();
  const answers = await times((number) =>
    vitrine.ask(`/iiif${number % 4 < 2 ? '' : '/3'}/manifests/cold`, { headers: number % 2 === 0 ? {} : { cookie } }),
  );
  expect(answers.map(({ status }) => status)).toStrictEqual(answers.map((_, number) => (number % 2 === 0 ? 401 : 200)));
  const sizes = vitrine.imageServer.asked.filter((path) => path.endsWith('/info.json'));
  expect(sizes).toHaveLength(IMAGES);
  expect(new Set(sizes).size).toBe(IMAGES);
});

it('One listing is enough for all who ask at once', async () => {
  const catalogue = new Catalogue(vitrine.images, ['tif']);
  const listed = await times(() => catalogue.folder(['cold']));
  expect(listed[0]?.images).toHaveLength(IMAGES);
  expect(new Set(listed).size).toBe(1);
  expect(await catalogue.folder(['cold'])).not.toBe(listed[0]);

  const library = { namePassedOver: () => undefined, folderImages: vi.fn().mockResolvedValue([{}]) };
  const shelves = new Shelves(catalogue, library as unknown as Library, undefined);
  const listing = vi.spyOn(catalogue, 'folder');
  const contents = await times((number) => shelves.contents(['cold'], number % 2 === 0 ? 2 : 3));
  expect(new Set(contents).size).toBe(1);
  expect([listing.mock.calls.length, library.folderImages.mock.calls.length]).toStrictEqual([1, 1]);
  listing.mockClear();
  const collections = await times(() => shelves.contents([], 3));
  expect(new Set(collections).size).toBe(1);
  expect(listing).toHaveBeenCalledTimes(4); // the root and its three folders
});

it('A reading that failed has failed for all who asked at once, and is done anew for the next', async () => {
  const { cookie } = await vitrine.logIn();
  const ask = (folder: string) => vitrine.ask(`/iiif/3/manifests/${folder}`, { headers: { cookie } });
  const statuses = (folder: string) => times(() => ask(folder).then(({ status }) => status));

  vitrine.imageServer.silent = true;
  expect(await statuses('silent')).toStrictEqual(Array(VISITORS).fill(503));
  vitrine.imageServer.silent = false;
  expect((await ask('silent')).status).toBe(200);

  renameSync(vitrine.images, `${vitrine.images}-away`);
  expect(await statuses('lost')).toStrictEqual(Array(VISITORS).fill(503));
  renameSync(`${vitrine.images}-away`, vitrine.images);
  expect((await ask('lost')).status).toBe(200);
});
