// A file of several pages is a folder of them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imagePathOf, type Answer } from '../support/ask.ts';
import { tiff } from '../support/pictures.ts';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
const pages = (...sizes: [number, number][]) => tiff({ pages: sizes.map(([width, height]) => ({ width, height })) });
beforeAll(async () => {
  vitrine = await Vitrine.start({
    files: ['letters/cover.jpg', 'letters/inner/1.tif', 'single.tif'],
    access: { letters: 'everyone', books: 'users' },
    env: { PROTECT_MANIFESTS: 'true' },
  });
  vitrine.write('letters/letter.tif', pages([600, 400], [2000, 1500]));
  vitrine.write('books/one.tif', pages([600, 400], [60, 40], [6, 4]));
  vitrine.write('books/two.tif', pages([600, 400], [60, 40]));
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const itemsOf = (answer: Answer) =>
  (answer.json()['items'] as { id: string; type: string; label: { none: string[] }; width: number }[]).map(
    (item) => item,
  );
const ask = (path: string) => vitrine.ask(path, { headers: { cookie } });

it('each page is an image, in its own size', async () => {
  expect((await ask('/iiif/3/images/letters!letter.tif!2/info.json')).json()).toMatchObject({
    width: 2000,
    height: 1500,
    tiles: [{ width: 512, scaleFactors: [1, 2, 4] }],
  });
  const tile = await vitrine.tile('/iiif/images/letters!letter.tif!2/0,0,1024,1024/512,/0/default.jpg');
  expect(imagePathOf(tile)).toBe('/tiles/letters/letter.tif!2/1/0,0/512,512');
  expect(String(tile.headers['x-image-link'])).toContain('/iiif/images/letters!letter.tif!2/0,0,1024,1024/512,/');
});

it.each([
  'letters!letter.tif',
  'letters!letter.tif!3',
  'letters!letter.tif!0',
  'letters!letter.tif!01',
  'single.tif!1',
])('%s is none', async (identifier) => {
  expect((await ask(`/iiif/3/images/${identifier}/info.json`)).status).toBe(404);
});

it('the rule of its folder holds for each page', async () => {
  const target = '/iiif/images/books!one.tif!3/full/6,4/0/default.jpg';
  expect((await vitrine.tile(target)).status).toBe(401);
  expect((await vitrine.tile(target, { cookie })).status).toBe(200);
});

it('the file has a manifest, protected as its folder is', async () => {
  const manifest = await ask('/iiif/3/manifests/books!one.tif');
  expect(manifest.status).toBe(200);
  expect(manifest.json()['label']).toEqual({ none: ['one.tif'] });
  expect(itemsOf(manifest).map(({ label, width }) => [label.none[0], width])).toEqual([
    ['1', 600],
    ['2', 60],
    ['3', 6],
  ]);
  expect((await vitrine.ask('/iiif/3/manifests/books!one.tif')).status).toBe(401);
  expect((await ask('/iiif/3/manifests/single.tif')).status).toBe(404);
});

it('a folder of nothing else is a collection; in a folder of images it stands beside that in the collection above', async () => {
  // Of a TIFF it is known once somebody has looked at it, as the survey does at the start.
  expect(itemsOf(await ask('/iiif/3/manifests/letters')).map(({ label }) => label.none[0])).toEqual(['cover']);
  const members = async (path: string) =>
    itemsOf(await ask(path)).map(({ id, type }) => `${type} ${id.slice(id.lastIndexOf('/') + 1)}`);
  expect(await members('/iiif/3/manifests/books')).toEqual(['Manifest books!one.tif', 'Manifest books!two.tif']);
  expect(await members('/iiif/3/manifests/')).toEqual([
    'Manifest !',
    'Collection books',
    'Manifest letters',
    'Manifest letters!letter.tif',
    'Manifest letters!inner',
  ]);
});
