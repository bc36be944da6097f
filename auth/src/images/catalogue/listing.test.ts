import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Catalogue } from './catalogue.ts';
import { localDisk, type Disk } from './disk.ts';

const IMAGES = 450;
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-listing-'));
  mkdirSync(join(root, 'many'));
  for (let page = 0; page < IMAGES; page += 1) writeFileSync(join(root, 'many', `page${page}.tif`), '');
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('a folder is looked at few files at a time, so that a tile waits for few, and comes in its order', async () => {
  let [now, most] = [0, 0];
  const disk: Disk = {
    ...localDisk,
    lstat: (path) => {
      most = Math.max(most, (now += 1));
      return localDisk.lstat(path).finally(() => (now -= 1));
    },
  };
  const catalogue = new Catalogue(root, { disk });
  const folder = await catalogue.folder(['many']);
  if (!folder) throw new Error('there is no folder');
  const names: string[] = [];
  for await (const files of catalogue.files(folder)) names.push(...files.map(({ path }) => path.at(-1) ?? ''));
  expect(names).toEqual(Array.from({ length: IMAGES }, (_, page) => `page${page}.tif`));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(20);
});
