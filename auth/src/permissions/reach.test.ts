import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRule } from '../access/rules.ts';
import { RuleTree } from '../access/ruleTree.ts';
import { Catalogue } from '../images/catalogue/catalogue.ts';
import { reachOf } from './reach.ts';

let root: string;
let catalogue: Catalogue;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-reach-'));
  for (const path of ['estate/letters/old', 'estate/photos', 'estate/none'])
    mkdirSync(join(root, path), { recursive: true });
  const files = [
    'estate/1.tif',
    'estate/2.tif',
    'estate/letters/1.tif',
    'estate/letters/old/1.tif',
    'estate/photos/1.tif',
  ];
  for (const file of files) writeFileSync(join(root, file), '');
  symlinkSync('..', join(root, 'estate/photos/round'));
  catalogue = new Catalogue(root);
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const rules = (...places: string[]) =>
  new RuleTree(places.map((place) => makeRule({ where: place === '' ? [] : place.split('/'), grants: [] })));
const reach = (path: string, ...places: string[]) =>
  reachOf(path.split('/'), rules(path, ...places), catalogue, 10_000);

test('all images below are counted, those of a closer rule are not, and a link leads nowhere', async () => {
  expect(await reach('estate')).toEqual({ images: 5, folders: 4, more: false });
  expect(await reach('estate', 'estate/letters')).toEqual({ images: 3, folders: 2, more: false });
  expect(await reach('estate', 'estate/2.tif')).toEqual({ images: 4, folders: 4, more: false });
  expect(await reach('estate', 'estate/letters', 'estate/letters/old')).toEqual({ images: 3, folders: 2, more: false });
});

test('an image is one; what is not there is none', async () => {
  expect(await reach('estate/1.tif')).toEqual({ images: 1, folders: 0, more: false });
  expect(await reach('prints')).toEqual({ images: 0, folders: 0, more: false });
});

test('where there is no time it says so', async () => {
  expect(await reachOf(['estate'], rules('estate'), catalogue, -1)).toEqual({ images: 0, folders: 0, more: true });
});
