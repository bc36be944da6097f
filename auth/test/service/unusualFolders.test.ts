// Folders as people have them: with links, with names of other systems and other scripts.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Catalogue } from '../../src/images/catalogue/catalogue.ts';
import type { Answer } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const manifestsOf = (answer: Answer): string[] =>
  (answer.json()['manifests'] as { '@id': string }[]).map((member) => member['@id'].replace(/.*\//, ''));
const servicesOf = (answer: Answer): string[] =>
  (answer.json()['sequences'] as { canvases: { images: { resource: { service: { '@id': string } } }[] }[] }[])
    .flatMap(({ canvases }) => canvases)
    .map(({ images }) => new URL(images[0]?.resource.service['@id'] ?? '').pathname);

it('links back to a folder above are not followed for ever', async () => {
  const vitrine = await Vitrine.start({ files: ['a/1.tif', 'a/inner/1.tif', 'b/1.tif'] });
  const link = (to: string, from: string): void => {
    symlinkSync(join(vitrine.images, to), join(vitrine.images, from));
  };
  for (const name of ['up', 'again']) link('a', `a/${name}`);
  for (const name of ['root', 'top']) link('', `a/inner/${name}`);
  link('b', 'a/other');
  link('a', 'b/back');
  const answer = await vitrine.ask('/iiif/manifests/');
  expect(manifestsOf(answer).sort()).toEqual(['a', 'a!inner', 'a!other', 'b', 'b!back', 'b!back!inner']);
  await vitrine.stop();
}, 5000);

it('a name that is not UTF-8 is named in the log, and not listed', async () => {
  const vitrine = await Vitrine.start({ files: ['old/good.tif'] });
  const latin1 = (name: string): Buffer =>
    Buffer.concat([Buffer.from(`${vitrine.images}/old/`), Buffer.from(name, 'latin1')]);
  writeFileSync(latin1('Köln.tif'), '');
  mkdirSync(latin1('Möbel'));
  expect(servicesOf(await vitrine.ask('/iiif/manifests/old'))).toEqual(['/iiif/images/old!good.tif']);
  expect(vitrine.log.filter((line) => line.includes('in UTF-8'))).toHaveLength(2);
  await vitrine.stop();
});

it('names may be long in any script: what a manifest lists can be asked for', async () => {
  const [folder, file] = ['深'.repeat(80), `${'頁'.repeat(80)}.tif`];
  const vitrine = await Vitrine.start({ files: [`${folder}/${folder}/${file}`] });
  const identifier = [folder, folder].map(encodeURIComponent).join('!');
  const [address = ''] = servicesOf(await vitrine.ask(`/iiif/manifests/${identifier}`));
  expect((await vitrine.ask(`${address}/info.json`)).status).toBe(401);
  const { cookie } = await vitrine.logIn();
  expect((await vitrine.tile(`${address}/full/100,/0/default.jpg`, { cookie })).status).toBe(200);
  await vitrine.stop();
});

it('many that look for names that are not there look into one listing', async () => {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-catalogue-'));
  writeFileSync(join(root, '1.tif'), '');
  const catalogue = new Catalogue(root);
  const listing = vi.spyOn(catalogue, 'folder');
  const found = await Promise.all(Array.from({ length: 50 }, (_, number) => catalogue.find([String(number)])));
  expect(found.map(({ kind }) => kind).filter((kind) => kind === 'file')).toHaveLength(1);
  expect(listing).toHaveBeenCalledTimes(1);
  rmSync(root, { recursive: true });
});

it('a manifest made by hand may begin with a byte order mark', async () => {
  const vitrine = await Vitrine.start();
  writeFileSync(join(vitrine.manifests, 'atlas.json'), '\uFEFF{"label":"by hand"}');
  expect((await vitrine.ask('/iiif/manifests/atlas')).json()).toEqual({ label: 'by hand' });
  await vitrine.stop();
});
