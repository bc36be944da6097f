import { expect, it } from 'vitest';
import type { Resource } from '../access/resource.ts';
import type { AccessMethod } from '../access/rules.ts';
import { RuleTree } from '../access/ruleTree.ts';
import { ManifestImages } from './manifestImages.ts';

const others = { rules: new RuleTree([]), isProtected: () => false };

const imagesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    path: ['link', `${n}.tif`],
    real: ['maps', `${n}.tif`],
    width: 60,
    height: 40,
  }));
const login = (): AccessMethod => ({ kind: 'login', tier: 600 });

it('each image carries the access method of where it really lies, under the name that it was found by', async () => {
  const methodOf = ({ path: [folder, name] }: Pick<Resource, 'path'>): AccessMethod =>
    folder === 'maps' && name === '1.tif' ? { kind: 'open' } : login();
  const { images: found } = await new ManifestImages({ ...others, accessMethodOf: methodOf }).of(imagesOf(3));
  expect(found.map(({ path }) => path.join('/'))).toEqual(['link/0.tif', 'link/1.tif', 'link/2.tif']);
  expect(found.map(({ accessMethod }) => accessMethod)).toEqual([login(), { kind: 'open' }, login()]);
});

it('one method is one object, and one reading of a folder one list', async () => {
  const manifestImages = new ManifestImages({ ...others, accessMethodOf: login });
  const images = imagesOf(3);
  const found = await manifestImages.of(images);
  expect(new Set(found.images.map(({ accessMethod }) => accessMethod)).size).toBe(1);
  expect(await manifestImages.of(images)).toBe(found);
  expect(await manifestImages.of(imagesOf(3))).not.toBe(found);
});

it('what was found by rules that hold no more is found again', async () => {
  const judge = { ...others, accessMethodOf: login };
  const manifestImages = new ManifestImages(judge);
  const images = imagesOf(1);
  await manifestImages.of(images);
  Object.assign(judge, { rules: new RuleTree([]), accessMethodOf: (): AccessMethod => ({ kind: 'open' }) });
  expect((await manifestImages.of(images)).images[0]?.accessMethod).toEqual({ kind: 'open' });
});

it('whatever waits is done between the slices of a large folder', async () => {
  const events: string[] = [];
  const finding = new ManifestImages({ ...others, accessMethodOf: login })
    .of(imagesOf(2000))
    .then(() => events.push('found'));
  setImmediate(() => events.push('a tile'));
  await finding;
  expect(events).toEqual(['a tile', 'found']);
});
