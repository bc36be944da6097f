import { mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Catalogue } from './catalogue.ts';
import { ImagesGone, localDisk, type Disk } from './disk.ts';

let root: string;
let lines: string[];
/** Folders that are disks of their own now. */
let mounted: Set<string>;
let disk: Disk;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-presence-')));
  lines = [];
  mounted = new Set();
  for (const folder of ['maps/atlas', 'empty']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['maps/a.tif', 'maps/atlas/b.tif', 'c.tif']) writeFileSync(join(root, file), '');
  const device = (path: string): bigint =>
    [...mounted].some((folder) => `${path}/`.startsWith(`${join(root, folder)}/`)) ? 2n : 1n;
  const stat: Disk['stat'] = async (path) => Object.assign(await localDisk.stat(path), { dev: device(path) });
  disk = { ...localDisk, stat };
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function newCatalogue(): Catalogue {
  const say = (level: string) => (_: object, message: string) => void lines.push(`${level}: ${message.slice(0, 90)}`);
  return new Catalogue(root, { disk, log: { warn: say('warn'), info: say('info') } });
}

/** Leaves an empty folder behind, as umount does. */
function unmount(folder: string): () => void {
  const away = `${root}-away`;
  mkdirSync(away);
  const names = readdirSync(join(root, folder));
  for (const name of names) renameSync(join(root, folder, name), join(away, name));
  const wasMounted = mounted.delete(folder);
  return () => {
    for (const name of names) renameSync(join(away, name), join(root, folder, name));
    rmSync(away, { recursive: true });
    if (wasMounted) mounted.add(folder);
  };
}

it('IMAGE_DIR that was full and is empty is not mounted: said once, and that it is there again', async () => {
  const catalogue = newCatalogue();
  expect(await catalogue.find(['c.tif'])).toMatchObject({ kind: 'file' });
  const mount = unmount('');
  for (const path of [['d.tif'], ['maps', 'a.tif']]) await expect(catalogue.find(path)).rejects.toThrow(ImagesGone);
  for (const path of [[], ['maps']]) await expect(catalogue.folder(path)).rejects.toThrow(ImagesGone);
  expect(await catalogue.isThere()).toBe(false);
  mount();
  expect(await catalogue.isThere()).toBe(true);
  expect(await catalogue.find(['maps', 'a.tif'])).toMatchObject({ kind: 'file' });
  expect(await catalogue.find(['maps', 'z.tif'])).toMatchObject({ kind: 'missing' });
  expect(lines).toEqual([
    expect.stringMatching(/^warn: IMAGE_DIR .* is empty/),
    `info: ${root} is there again`.slice(0, 96),
  ]);
});

it('the same after a restart, where it is known that there were images', async () => {
  unmount('')();
  const mount = unmount('');
  const catalogue = newCatalogue();
  catalogue.expectImages();
  expect(await catalogue.isThere()).toBe(false);
  writeFileSync(join(root, 'meant to be empty'), '');
  expect(await catalogue.isThere()).toBe(true);
  expect(await catalogue.folder([])).toMatchObject({ images: [], folders: [] });
  rmSync(join(root, 'meant to be empty'));
  mount();
});

it('an empty IMAGE_DIR where there never was an image is an empty IMAGE_DIR', async () => {
  const mount = unmount('');
  const catalogue = newCatalogue();
  expect(await catalogue.find(['c.tif'])).toMatchObject({ kind: 'missing' });
  expect(await catalogue.folder([])).toMatchObject({ images: [] });
  expect(await catalogue.isThere()).toBe(true);
  expect(lines).toEqual([]);
  mount();
});

it('a folder within that was a disk of its own, and is empty, is not mounted; the others go on', async () => {
  mounted.add('maps');
  const catalogue = newCatalogue();
  expect(await catalogue.find(['maps', 'atlas', 'b.tif'])).toMatchObject({ kind: 'file' });
  const mount = unmount('maps');
  for (const path of [
    ['maps', 'a.tif'],
    ['maps', 'x.tif'],
  ])
    await expect(catalogue.find(path)).rejects.toThrow(ImagesGone);
  for (const path of [['maps'], ['maps', 'atlas']]) await expect(catalogue.folder(path)).rejects.toThrow(ImagesGone);
  expect(await catalogue.find(['c.tif'])).toMatchObject({ kind: 'file' });
  expect(await catalogue.find(['mapsX', 'a.tif'])).toMatchObject({ kind: 'missing' });
  expect(await catalogue.folder(['empty'])).toMatchObject({ images: [] });
  expect(await catalogue.isThere()).toBe(true);
  mount();
  expect(await catalogue.find(['maps', 'y.tif'])).toMatchObject({ kind: 'missing' });
  expect(await catalogue.folder(['maps'])).toMatchObject({ images: ['a.tif'] });
  expect(lines).toEqual([
    expect.stringMatching(/^warn: .*\/maps is empty/),
    expect.stringMatching(/^info: .*maps is there/),
  ]);
});

it('a folder that was emptied is empty', async () => {
  const catalogue = newCatalogue();
  await catalogue.find(['maps', 'a.tif']);
  rmSync(join(root, 'maps'), { recursive: true });
  mkdirSync(join(root, 'maps'));
  expect(await catalogue.find(['maps', 'b.tif'])).toMatchObject({ kind: 'missing' });
  expect(await catalogue.folder(['maps'])).toMatchObject({ images: [] });
  expect(lines).toEqual([]);
});
