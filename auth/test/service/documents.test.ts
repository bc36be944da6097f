// Manifests, collections and what is done about folders that are not as one would wish.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/ask.ts';
import { tiff } from '../support/pictures.ts';
import { Vitrine } from '../support/vitrine.ts';

type Canvas = {
  label: string;
  width: number;
  height: number;
  images: { resource: { service: { '@id': string } } }[];
};
const canvasesOf = (answer: Answer): Canvas[] =>
  (answer.json()['sequences'] as { canvases: Canvas[] }[])[0]?.canvases ?? [];
const labelsOf = (answer: Answer): string[] => canvasesOf(answer).map((canvas) => canvas.label);
const listed = (answer: Answer, kind: 'manifests' | 'collections'): string[] =>
  ((answer.json()[kind] ?? []) as { '@id': string }[]).map((member) =>
    member['@id'].replace(/.*\/iiif\/manifests\//, ''),
  );

describe('folders', () => {
  let vitrine: Vitrine;
  beforeAll(async () => {
    vitrine = await Vitrine.start({
      files: [
        'atlas/page10.tif',
        'atlas/page2.tif',
        'atlas/Page1.jp2',
        'atlas/notes.txt',
        'atlas/cover.jpg',
        'atlas/a!b.tif',
        'atlas/.DS_Store',
        'Fotos Köln/Blick von Süd.tif',
        'deeds/18. Jh/1.tif',
        'deeds/17. Jh/1.tif',
        'mixed/own.tif',
        'mixed/inner/1.tif',
        'texts/readme.txt',
        '.hidden/1.tif',
      ],
    });
  });
  afterAll(() => vitrine.stop());

  it('the root is a collection of everything that holds images, in natural order', async () => {
    const answer = await vitrine.ask('/iiif/manifests/');
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ '@type': 'sc:Collection', label: 'Example Library' });
    expect(listed(answer, 'manifests')).toEqual(['atlas', 'Fotos%20K%C3%B6ln', 'mixed', 'mixed!inner']);
    expect(listed(answer, 'collections')).toEqual(['deeds']);
    expect((await vitrine.ask('/iiif/manifests')).body).toBe(answer.body);
  });

  it('a folder of folders is a collection', async () => {
    const answer = await vitrine.ask('/iiif/manifests/deeds');
    expect(listed(answer, 'manifests')).toEqual(['deeds!17.%20Jh', 'deeds!18.%20Jh']);
  });

  it('a folder of images is a manifest in natural order, of what can be shown', async () => {
    const answer = await vitrine.ask('/iiif/manifests/atlas');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(labelsOf(answer)).toEqual(['cover', 'Page1', 'page2', 'page10']);
    expect(canvasesOf(answer)[0]).toMatchObject({ width: 6000, height: 4000 });
  });

  it('its image services lead to info.json documents of that very @id', async () => {
    const canvases = canvasesOf(await vitrine.ask('/iiif/manifests/Fotos%20K%C3%B6ln'));
    const id = canvases[0]?.images[0]?.resource.service['@id'] ?? '';
    const info = await vitrine.ask(`${new URL(id).pathname}/info.json`);
    expect(info.json()['@id']).toBe(id);
  });

  it('what is not listed is named once in the log, with what to do', () => {
    const about = (name: string): string[] => vitrine.log.filter((line) => line.includes(name));
    expect(about('a!b.tif')).toHaveLength(1);
    expect(about('a!b.tif')[0]).toContain('rename it');
    expect(about('notes.txt')).toHaveLength(0);
  });

  it('speaks JSON-LD to those who ask for it', async () => {
    const answer = await vitrine.ask('/iiif/manifests/atlas', { headers: { accept: 'application/ld+json' } });
    expect(answer.headers['content-type']).toMatch(/^application\/ld\+json/);
    expect(answer.headers['link']).toBeUndefined();
  });

  it.each([
    ['/iiif/images/atlas!page2.tif/info.json', 'image'],
    ['/iiif/manifests/atlas', 'presentation'],
    ['/iiif/manifests/', 'presentation'],
  ])('and says at %s where the meaning of plain JSON is', async (path, api) => {
    expect((await vitrine.ask(path)).headers['link']).toContain(
      `<http://iiif.io/api/${api}/2/context.json>;rel="http://www.w3.org/ns/json-ld#context";type="application/ld+json"`,
    );
  });

  it.each([
    [404, 'none'],
    [404, 'atlas!none'],
    [404, 'texts'],
    [404, 'atlas!page2.tif'],
    [400, '..'],
    [400, 'atlas!..'],
    [400, '%2e%2e'],
    [400, '..;'],
    [400, '.hidden'],
    [404, 'atlas%252Fpage2'],
    [400, 'atlas%00'],
    [400, '!!'],
  ])('%i for %s', async (status, identifier) => {
    const answer = await vitrine.ask(`/iiif/manifests/${identifier}`);
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ error: expect.any(String), message: expect.stringMatching(/\.$/) });
  });

  it('the base address of an image leads to its description', async () => {
    const answer = await vitrine.ask('/iiif/images/atlas!page2.tif');
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe(`${vitrine.base}/iiif/images/atlas!page2.tif/info.json`);
  });

  it.each([
    '/nothing',
    '/iiif',
    '/iiif/images',
    '/iiif/manifests/a/b',
    '/auth',
    '/auth/',
    '/AUTH/iiif-login',
    '/auth/iiif-login/',
  ])('there is nothing at %s', async (path) => {
    const answer = await vitrine.ask(path);
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({ error: 'not_found' });
  });

  it('a file in MANIFEST_DIR wins, also for a folder that is not there; a broken one is 500 and named', async () => {
    const byHand = (name: string, text: string): void => {
      writeFileSync(join(vitrine.manifests, name), text);
    };
    byHand('deeds!17. Jh.json', '{"label":"made by hand"}');
    byHand('exhibition.json', '{"label":"an exhibition"}');
    byHand('mixed.json', '{"label":');
    expect((await vitrine.ask('/iiif/manifests/deeds!17.%20Jh')).json()).toEqual({ label: 'made by hand' });
    expect((await vitrine.ask('/iiif/manifests/exhibition')).json()).toEqual({ label: 'an exhibition' });
    expect((await vitrine.ask('/iiif/manifests/mixed')).status).toBe(500);
    expect(vitrine.log.filter((line) => line.includes('mixed.json'))).toHaveLength(1);
    byHand('_root.json', '{"label":"everything"}');
    expect((await vitrine.ask('/iiif/manifests/')).json()).toEqual({ label: 'everything' });
  });
});

describe('loose images in the root', () => {
  it('are a manifest of their own beside the folders', async () => {
    const vitrine = await Vitrine.start({ files: ['loose.tif', 'atlas/1.tif'] });
    const root = await vitrine.ask('/iiif/manifests/');
    expect(listed(root, 'manifests')).toEqual(['!', 'atlas']);
    expect(labelsOf(await vitrine.ask('/iiif/manifests/!'))).toEqual(['loose']);
    await vitrine.stop();
  });

  it('are the manifest of the root where there is no folder', async () => {
    const vitrine = await Vitrine.start({ files: ['loose.tif'] });
    const root = await vitrine.ask('/iiif/manifests/');
    expect(root.json()).toMatchObject({ '@type': 'sc:Manifest', label: 'Example Library' });
    expect(root.body).not.toContain('manifests//');
    await vitrine.stop();
  });

  it('an empty root is an empty collection', async () => {
    const vitrine = await Vitrine.start({ files: [] });
    const answer = await vitrine.ask('/iiif/manifests/');
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ '@type': 'sc:Collection' });
    await vitrine.stop();
  });
});

describe('a folder of images that is not there any more', () => {
  it('is 503 and named in the log, not an empty library, and comes back by itself', async () => {
    const vitrine = await Vitrine.start();
    renameSync(vitrine.images, `${vitrine.images}.away`);
    for (const path of ['/iiif/manifests/', '/iiif/manifests/atlas', '/iiif/images/atlas!page1.tif/info.json']) {
      const answer = await vitrine.ask(path);
      expect(answer.status, path).toBe(503);
      expect(answer.json()).toMatchObject({ error: 'unavailable' });
    }
    expect((await vitrine.tile('/iiif/images/atlas!page1.tif/full/max/0/default.jpg')).status).toBe(500);
    expect(vitrine.log.join('')).toContain('IMAGE_DIR');
    renameSync(`${vitrine.images}.away`, vitrine.images);
    expect((await vitrine.ask('/iiif/manifests/atlas')).status).toBe(200);
    await vitrine.stop();
  });
});

describe('protected manifests', () => {
  it('answer 401 with label and login service and nothing of what is in them, and 200 to a user who is logged in', async () => {
    const vitrine = await Vitrine.start({ env: { PROTECT_MANIFESTS: 'true' } });
    const denied = await vitrine.ask('/iiif/manifests/atlas');
    expect(denied.status).toBe(401);
    expect(labelsOf(denied)).toEqual([]);
    expect(denied.json()['label']).toBe('atlas');
    expect(denied.body).not.toContain('page1');
    expect(denied.headers['cache-control']).toBe('no-store');
    expect(denied.json()['service']).toMatchObject([{ profile: 'http://iiif.io/api/auth/1/login' }]);
    const { cookie } = await vitrine.logIn();
    const allowed = await vitrine.ask('/iiif/manifests/atlas', { headers: { cookie } });
    expect(allowed.status).toBe(200);
    expect(labelsOf(allowed)).toEqual(['page1', 'page2']);
    expect(allowed.json()).not.toHaveProperty('service');
    expect(allowed.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Authorization, Cookie') as string,
    });
    await vitrine.stop();
  });
});

describe('a large folder, and pyramids in trouble', () => {
  it('sizes come from the headers, and another one for what changed; nothing waits for a pyramid', async () => {
    const files = Array.from({ length: 300 }, (_, index) => `many/${index}.tif`);
    const vitrine = await Vitrine.start({ files });
    expect(labelsOf(await vitrine.ask('/iiif/manifests/many'))).toHaveLength(300);
    vitrine.write('many/7.tif', tiff({ width: 700, height: 500 }));
    const seventh = async () => canvasesOf(await vitrine.ask('/iiif/manifests/many'))[7];
    await expect.poll(seventh).toMatchObject({ width: 700, height: 500 });
    expect(vitrine.pyramids.asked.filter(({ path }) => path === 'many/8.tif')).toHaveLength(1);
    expect(vitrine.pyramids.readied).toEqual([]);
    await vitrine.stop();
  });

  it('what cannot be shown is named once and left out, the rest is served', async () => {
    const vitrine = await Vitrine.start({ files: ['a/1.tif', 'a/photo.jpg', 'a/2.tif'] });
    vitrine.write('a/broken.tif', tiff().subarray(0, 100));
    vitrine.write('a/text.tif', 'This is a text.');
    for (let time = 0; time < 2; time += 1) {
      expect(labelsOf(await vitrine.ask('/iiif/manifests/a'))).toEqual(['1', '2', 'photo']);
    }
    for (const name of ['broken.tif', 'text.tif']) {
      expect(
        vitrine.log.filter((line) => line.includes(name)),
        name,
      ).toHaveLength(1);
    }
    await vitrine.stop();
  });

  it('what is known is served while pyramids is silent; what is not known is 503, and there when it answers', async () => {
    const files = [...Array(200).keys()].flatMap((index) => [`known/${index}.tif`, `new/${index}.tif`]);
    const vitrine = await Vitrine.start({ files });
    expect(labelsOf(await vitrine.ask('/iiif/manifests/known'))).toHaveLength(200);
    vitrine.pyramids.silent = true;
    expect(labelsOf(await vitrine.ask('/iiif/manifests/known'))).toHaveLength(200);
    expect((await vitrine.ask('/iiif/manifests/new')).status).toBe(503);
    expect((await vitrine.ask('/iiif/images/known!1.tif/info.json')).status).toBe(401);
    expect((await vitrine.ask('/iiif/images/new!1.tif/info.json')).status).toBe(503);
    expect(vitrine.log.filter((line) => line.includes('pyramids does not answer'))).toHaveLength(1);
    vitrine.pyramids.silent = false;
    expect(labelsOf(await vitrine.ask('/iiif/manifests/new'))).toHaveLength(200);
    await vitrine.stop();
  });
});
