import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import type { Folder } from '../catalogue/listing.ts';
import type { FolderImages } from '../facts/folderImages.ts';
import { UnservedLog } from '../facts/unservedLog.ts';
import { FolderManifests } from './folderManifests.ts';
import { Handmade } from './handmade.ts';

let root: string;
let byHand: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-manifests-'));
  byHand = mkdtempSync(join(tmpdir(), 'vitrine-by-hand-'));
  for (const folder of ['maps/atlas', 'books/one', 'broken/inner', 'none', 'bad'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of [
    'r.tif',
    'maps/1.tif',
    'maps/atlas/1.tif',
    'books/one/1.tif',
    'broken/1.tif',
    'broken/inner/1.tif',
    'bad/1.tif',
  ])
    writeFileSync(join(root, file), '');
  symlinkSync('../books', join(root, 'books', 'back'));
  writeFileSync(join(byHand, 'books.json'), '{"label":"by hand"}');
  writeFileSync(join(byHand, 'bad.json'), 'no JSON');
});
afterAll(() => {
  for (const path of [root, byHand]) rmSync(path, { recursive: true });
});

let lines: string[];
let manifests: FolderManifests;
beforeEach(() => {
  lines = [];
  manifests = newManifests(undefined);
});

/** None of the images in the folder `broken` itself can be shown. */
function newManifests(handmade: Handmade | undefined): FolderManifests {
  const catalogue = new Catalogue(root);
  const isBroken = ({ path }: Folder): boolean => path.join('/') === 'broken';
  const folderImages: Pick<FolderImages, 'of' | 'any' | 'documents'> = {
    of: (folder) =>
      Promise.resolve(
        isBroken(folder)
          ? []
          : folder.images.map((name) => ({ path: [...folder.path, name], real: [], width: 6, height: 4 })),
      ),
    any: (folder) => Promise.resolve(!isBroken(folder)),
    documents: () => Promise.resolve([]),
  };
  const unserved = new UnservedLog(catalogue, { warn: (_fields, message) => lines.push(message) });
  return new FolderManifests(catalogue, folderImages as FolderImages, unserved, handmade, systemClock);
}

const membersOf = async (...path: string[]): Promise<string[]> => {
  const reading = await manifests.contents(path, 3);
  return reading.kind === 'collection'
    ? reading.members.map(({ kind, path }) => `${kind} ${path.join('/')}`)
    : [reading.kind];
};

it('A folder of images is a manifest of them', async () => {
  expect(await manifests.contents(['maps'], 3)).toMatchObject({
    kind: 'manifest',
    images: [{ path: ['maps', '1.tif'] }],
  });
});

it('The root is a collection: its own images are a manifest, and folders in a manifest stand beside it', async () => {
  expect(await membersOf()).toEqual([
    'manifest /',
    'manifest bad',
    'collection books',
    'collection broken',
    'manifest maps',
    'manifest maps/atlas',
  ]);
  const own = manifests.parse('!');
  expect(own.ok && (await manifests.contents(own.value, 3))).toMatchObject({ images: [{ path: ['r.tif'] }] });
});

it('A link back to a folder above is followed no further', async () => {
  expect(await membersOf('books')).toEqual(['manifest books/one']);
});

it('Where none of the images can be shown, the folders are left', async () => {
  expect(await membersOf('broken')).toEqual(['manifest broken/inner']);
});

it.each([
  ['none', 'The folder of this identifier holds no images.'],
  ['absent', 'There is no folder of this identifier.'],
])('%s: %s', async (folder, message) => {
  expect(await manifests.contents([folder], 3)).toEqual({ kind: 'missing', message });
});

it('A manifest made by hand comes before the folder, in its own version; one that is of no use is named once', async () => {
  manifests = newManifests(new Handmade(byHand));
  expect(await manifests.contents(['books'], 2)).toMatchObject({ kind: 'handmade', json: '{"label":"by hand"}' });
  expect(await membersOf('books')).toEqual(['manifest books/one']);
  for (let time = 0; time < 2; time += 1) expect(await membersOf('bad')).toEqual(['unreadable']);
  expect(lines).toEqual([expect.stringMatching(/bad\.json cannot be served: SyntaxError/)]);
});
