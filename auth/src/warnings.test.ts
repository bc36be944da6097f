import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from './config/load.ts';
import { warnings } from './warnings.ts';

it('manifests that are served for nothing are named', async () => {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-warnings-'));
  const [images, manifests] = [join(root, 'images'), join(root, 'manifests')];
  for (const folder of ['maps/atlas', 'theses']) mkdirSync(join(images, folder), { recursive: true });
  writeFileSync(join(images, 'maps', 'a.tif'), '');
  mkdirSync(manifests);
  for (const name of ['_root', 'maps', 'maps!atals', 'Theses', 'elsewhere', 'a!!b', '.hidden'])
    writeFileSync(join(manifests, `${name}.json`), '{}');
  writeFileSync(join(manifests, 'maps.JSON'), '{}');
  const lines: string[] = [];
  const log = { warn: (_: object, message: string) => void lines.push(message) };
  warnings(loadConfig({ IMAGE_DIR: images, DATA_DIR: root, MANIFEST_DIR: manifests }), log);
  const form = 'is not served: a manifest is called as its folder, maps!atlas.json';
  await expect
    .poll(() => [...lines].sort())
    .toEqual([
      '"Theses.json" in MANIFEST_DIR is for no folder of IMAGE_DIR; was "theses.json" meant?',
      `"a!!b.json" in MANIFEST_DIR ${form}`,
      `"maps!atals.json" in MANIFEST_DIR is for no folder of IMAGE_DIR; was "maps!atlas.json" meant?`,
      `"maps.JSON" in MANIFEST_DIR ${form}`,
    ]);
  rmSync(root, { recursive: true });
});
