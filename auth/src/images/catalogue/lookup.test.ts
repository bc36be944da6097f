import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Catalogue } from './catalogue.ts';
import { localDisk, type Disk } from './disk.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-lookup-'));
  mkdirSync(join(root, 'maps'));
  for (const name of ['a.tif', 'b.tif', 'b.jp2', 'c.d.tif', 'e.txt', 'f.tif', 'f'])
    writeFileSync(join(root, 'maps', name), '');
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const newCatalogue = (disk: Disk = localDisk): Catalogue => new Catalogue(root, { disk });

it.each([
  ['a.tif', 'a.tif'],
  ['a', 'a.tif'],
  ['b.jp2', 'b.jp2'],
  ['c.d', 'c.d.tif'],
])('%s names %s', async (name, file) => {
  expect(await newCatalogue().find(['maps', name])).toMatchObject({ real: ['maps', file], path: ['maps', file] });
});

it.each([
  ['b', 'The identifier names 2 images: b.jp2, b.tif.'],
  ['c', 'There is no image of this identifier.'],
  ['a.', 'There is no image of this identifier.'],
  ['e.txt', 'There is no image of this identifier.'],
  ['e', 'There is no image of this identifier.'],
  ['f', 'There is no image of this identifier.'],
])('%s names no image: %s', async (name, message) => {
  expect(await newCatalogue().find(['maps', name])).toEqual({ kind: 'missing', message });
});

it('A failure is not cached, and what was found is', async () => {
  let asked = 0;
  let broken = true;
  const stat: Disk['stat'] = (path) => {
    if (!path.endsWith('a.tif')) return localDisk.stat(path);
    asked += 1;
    return broken ? Promise.reject(Object.assign(new Error(), { code: 'EIO' })) : localDisk.stat(path);
  };
  const catalogue = newCatalogue({ ...localDisk, stat });
  await expect(catalogue.find(['maps', 'a.tif'])).rejects.toThrow('the disk does not answer');
  broken = false;
  for (let tile = 0; tile < 10; tile += 1)
    expect(await catalogue.find(['maps', 'a.tif'])).toMatchObject({ path: ['maps', 'a.tif'] });
  expect(asked).toBe(2);
});
