import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Catalogue } from './catalogue.ts';
import type { Folder } from './listing.ts';

let root: string;
let outside: string;
let folder: Folder | undefined;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-entries-'));
  outside = mkdtempSync(join(tmpdir(), 'vitrine-outside-'));
  for (const name of ['maps', 'a+b', 'a!b', '.hidden']) mkdirSync(join(root, name));
  for (const name of ['page10.TIF', 'page2.tif', 'photo.jpg', 'a%b.tif', 'a\\b.tif', '.a.tif', 'notes.txt', 'tif'])
    writeFileSync(join(root, name), '');
  for (const name of ['b.tif', 'notes.txt']) writeFileSync(join(outside, name), '');
  for (const name of ['pipe.tif', 'pipe']) execFileSync('mkfifo', [join(root, name)]);
  const links = { 'l.tif': 'page2.tif', folder: 'maps', gone: 'nothing', out: outside, loop: 'loop' };
  for (const [name, to] of Object.entries(links)) symlinkSync(to, join(root, name));
  for (const name of ['b.tif', 'notes.txt']) symlinkSync(join(outside, name), join(root, `out-${name}`));
  folder = await new Catalogue(root).folder([]);
});
afterAll(() => {
  for (const path of [root, outside]) rmSync(path, { recursive: true });
});

it('Images and folders are those that an address can name, links to them among them', () => {
  expect(folder).toMatchObject({
    images: ['a%b.tif', 'l.tif', 'page2.tif', 'page10.TIF', 'photo.jpg'],
    folders: ['a+b', 'folder', 'maps'],
  });
});

it('Names that no address can hold are passed over; files that are not called as pictures are no matter', () => {
  expect([...(folder?.passedOver ?? [])].sort()).toEqual(['a!b', 'a\\b.tif']);
});

it('What leads nowhere that is ours is kept with its reason; a link out to a file that is no picture is no matter', () => {
  const astray = Object.fromEntries((folder?.astray ?? []).map(({ name, why }) => [name, why]));
  expect(astray).toEqual({
    gone: 'absent',
    loop: 'absent',
    out: 'outside',
    'out-b.tif': 'outside',
    'pipe.tif': 'special',
  });
});
