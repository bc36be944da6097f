import { renameSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Catalogue } from '../../src/images/catalogue/catalogue.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { FolderManifests } from '../../src/images/manifests/folderManifests.ts';
import type { FolderImages } from '../../src/images/facts/folderImages.ts';
import { UnservedLog } from '../../src/images/facts/unservedLog.ts';
import { Vitrine } from '../support/vitrine.ts';

const IMAGES = 600;
const VISITORS = 20;

let vitrine: Vitrine;
beforeAll(async () => {
  const pages = (folder: string) => Array.from({ length: IMAGES }, (_, page) => `${folder}/page${page}.tif`);
  const files = [...pages('cold'), ...pages('lost')];
  vitrine = await Vitrine.start({ files, env: { PROTECT_MANIFESTS: 'true' } });
});
afterAll(() => vitrine.stop());

const times = <T>(ask: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: VISITORS }, (_, number) => ask(number)));

it('A folder that nothing is known of is read once for all who ask at once, and each gets what they may see', async () => {
  const { cookie } = await vitrine.logIn();
  const save = vi.spyOn(vitrine.database.facts, 'save');
  const answers = await times((number) =>
    vitrine.ask(`/iiif${number % 4 < 2 ? '' : '/3'}/manifests/cold`, { headers: number % 2 === 0 ? {} : { cookie } }),
  );
  expect(answers.map(({ status }) => status)).toStrictEqual(answers.map((_, number) => (number % 2 === 0 ? 401 : 200)));
  // Sizes are kept once, for each image, when its header has been read.
  const kept = save.mock.calls.flatMap(([sizes]) => [...sizes.keys()]);
  expect(kept).toHaveLength(IMAGES);
  expect(new Set(kept).size).toBe(IMAGES);
});

it('One listing is enough for all who ask at once', async () => {
  const catalogue = new Catalogue(vitrine.images);
  const listed = await times(() => catalogue.folder(['cold']));
  expect(listed[0]?.images).toHaveLength(IMAGES);
  expect(new Set(listed).size).toBe(1);
  expect(await catalogue.folder(['cold'])).not.toBe(listed[0]);

  const folderImages = {
    any: () => Promise.resolve(true),
    documents: () => Promise.resolve([]),
    of: vi.fn().mockResolvedValue([{}]),
  };
  const folderManifests = new FolderManifests(
    catalogue,
    folderImages as unknown as FolderImages,
    new UnservedLog(catalogue, { warn: () => undefined }),
    undefined,
    systemClock,
  );
  const listing = vi.spyOn(catalogue, 'folder');
  const contents = await times((number) => folderManifests.contents(['cold'], number % 2 === 0 ? 2 : 3));
  expect(new Set(contents).size).toBe(1);
  expect([listing.mock.calls.length, folderImages.of.mock.calls.length]).toStrictEqual([1, 1]);
  listing.mockClear();
  const collections = await times(() => folderManifests.contents([], 3));
  expect(new Set(collections).size).toBe(1);
  expect(listing).toHaveBeenCalledTimes(3); // the root and its two folders
});

it('A reading that failed has failed for all who asked at once, and is done again for the next', async () => {
  const { cookie } = await vitrine.logIn();
  const ask = (folder: string) => vitrine.ask(`/iiif/3/manifests/${folder}`, { headers: { cookie } });
  const statuses = (folder: string) => times(() => ask(folder).then(({ status }) => status));

  renameSync(vitrine.images, `${vitrine.images}-away`);
  expect(await statuses('lost')).toStrictEqual(Array(VISITORS).fill(503));
  renameSync(`${vitrine.images}-away`, vitrine.images);
  expect((await ask('lost')).status).toBe(200);
});
