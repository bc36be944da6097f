import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDisk } from '../catalogue/disk.ts';
import { Handmade } from './handmade.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-handmade-'));
  for (const name of ['maps!atlas', '_root', 'MAPS!SECRET']) writeFileSync(join(folder, `${name}.json`), '{}');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('A manifest is found by the name that is listed, and by no other that the disk takes for it', async () => {
  // As a disk that ignores case has it: the file is found by a name that the listing spells otherwise.
  const names = () => Promise.resolve(['maps!atlas.json', 'maps!secret.json']);
  const handmade = new Handmade(folder, { disk: { ...localDisk, names } });
  expect(await handmade.read(['maps', 'atlas'], 2)).toEqual({ kind: 'handmade', json: '{}', isCollection: false });
  expect(await handmade.read(['MAPS', 'SECRET'], 2)).toBeUndefined();
});

it('The manifest of the root is not that of a folder called _root', async () => {
  const handmade = new Handmade(folder);
  expect(await handmade.read([], 2)).toEqual({ kind: 'handmade', json: '{}', isCollection: false });
  expect(await handmade.read(['_root'], 2)).toBeUndefined();
});

it.each(['null', '7', '[]', '"x"'])('%s is JSON, and no manifest', async (json) => {
  writeFileSync(join(folder, 'none.json'), json);
  expect(await new Handmade(folder).read(['none'], 2)).toMatchObject({ kind: 'unusable' });
});

it.each([
  ['{"@type":"sc:Collection"}', true],
  ['{"type":"Collection"}', true],
  ['{"type":"Manifest"}', false],
  ['{}', false],
])('%s: whether it is a collection is %s', async (json, isCollection) => {
  writeFileSync(join(folder, 'one.json'), json);
  expect(await new Handmade(folder).read(['one'], 2)).toMatchObject({ kind: 'handmade', isCollection });
});
