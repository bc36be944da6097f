import { expect, it } from 'vitest';
import type { AccessMethod } from '../access/rules.ts';
import { ManifestImages } from './manifestImages.ts';

const imagesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    path: ['link', `${n}.tif`],
    real: ['maps', `${n}.tif`],
    width: 60,
    height: 40,
  }));
const login = (): AccessMethod => ({ kind: 'login', tier: 600 });

it('each image carries the access method of where it really lies, under the name that it was found by', async () => {
  const methodOf = ([folder, name]: readonly string[]): AccessMethod =>
    folder === 'maps' && name === '1.tif' ? { kind: 'open' } : login();
  const found = await new ManifestImages(methodOf).of(imagesOf(3));
  expect(found.map(({ path }) => path.join('/'))).toEqual(['link/0.tif', 'link/1.tif', 'link/2.tif']);
  expect(found.map(({ accessMethod }) => accessMethod)).toEqual([login(), { kind: 'open' }, login()]);
});

it('one method is one object, and one reading of a folder one list', async () => {
  const manifestImages = new ManifestImages(login);
  const images = imagesOf(3);
  const found = await manifestImages.of(images);
  expect(new Set(found.map(({ accessMethod }) => accessMethod)).size).toBe(1);
  expect(await manifestImages.of(images)).toBe(found);
  expect(await manifestImages.of(imagesOf(3))).not.toBe(found);
});

it('whatever waits is done between the slices of a large folder', async () => {
  const events: string[] = [];
  const finding = new ManifestImages(login).of(imagesOf(2000)).then(() => events.push('found'));
  setImmediate(() => events.push('a tile'));
  await finding;
  expect(events).toEqual(['a tile', 'found']);
});
