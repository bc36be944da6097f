import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AccessFileOnDisk } from './accessFileOnDisk.ts';

let base: string;
let folder: string;
let path: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vitrine-access-'));
  folder = join(base, 'images');
  path = join(folder, 'access.yml');
  mkdirSync(folder);
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

const file = () => new AccessFileOnDisk(path, 'access.yml');
/** What each of so many looks finds: the folders that it names, or the kind. */
async function looks(on: AccessFileOnDisk, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const look = await on.look();
    if (look.kind === 'rules') found.push(look.rules.map(({ where }) => where.join('/')).join(' '));
    else found.push(look.kind === 'wrong' ? (look.faults[0]?.message ?? '') : look.kind);
  }
  return found;
}

it('is read at the first look, and once', async () => {
  writeFileSync(path, 'folders: {maps: nobody}');
  expect(await looks(file(), 3)).toEqual(['maps', 'same', 'same']);
});

it('is read again when it has changed and is quiet', async () => {
  writeFileSync(path, 'folders: {maps: nobody}');
  const one = file();
  await looks(one, 2);
  writeFileSync(path, 'folders: {maps: nobody, let');
  expect(await looks(one, 1)).toEqual(['same']);
  writeFileSync(path, 'folders: {maps: nobody, letters: nobody}');
  expect(await looks(one, 3)).toEqual(['same', 'maps letters', 'same']);
});

it('may come, go, and be a link to a file, as in a cluster', async () => {
  const one = file();
  expect(await looks(one, 2)).toEqual(['none', 'same']);
  writeFileSync(join(base, 'first.yml'), 'folders: {a: users}');
  writeFileSync(join(base, 'second.yml'), 'folders: {b: users}');
  symlinkSync('../first.yml', path);
  expect(await looks(one, 2)).toEqual(['same', 'a']);
  unlinkSync(path);
  symlinkSync('../second.yml', path);
  expect(await looks(one, 2)).toEqual(['same', 'b']);
  unlinkSync(path);
  expect(await looks(one, 3)).toEqual(['same', 'none', 'same']);
});

it('that it is gone is not believed of a folder that is away, nor of an empty one in its place', async () => {
  writeFileSync(path, 'folders: {maps: nobody}');
  const one = file();
  await looks(one, 1);
  renameSync(folder, `${folder}-away`);
  expect(await looks(one, 3)).toEqual(['silent', 'silent', 'silent']);
  mkdirSync(folder);
  expect(await looks(one, 3)).toEqual(['silent', 'silent', 'silent']);
  rmSync(folder, { recursive: true });
  renameSync(`${folder}-away`, folder);
  expect(await looks(one, 2)).toEqual(['same', 'same']);
});

it('is wrong where it is a link to nothing, or to itself', async () => {
  symlinkSync('nowhere.yml', path);
  expect(await looks(file(), 1)).toEqual(['is a link that leads to nothing']);
  unlinkSync(path);
  symlinkSync('access.yml', path);
  expect(await looks(file(), 1)).toEqual(['is a link to itself']);
});

it('is wrong where it is no file, too long, or in another encoding', async () => {
  mkdirSync(path);
  expect(await looks(file(), 1)).toEqual(['is not a file']);
  rmSync(path, { recursive: true });
  writeFileSync(path, Buffer.alloc(10_000_000, '#'));
  expect(await looks(file(), 1)).toEqual(['is longer than 8000000 bytes']);
  for (const encoding of ['latin1', 'utf16le'] as const) {
    writeFileSync(path, Buffer.from('folders: {Köln: nobody}\ufeff', encoding));
    const [found] = await looks(file(), 1);
    expect(found).toMatch(/is not UTF-8|has to begin with "folders:"|is empty/);
  }
});

it.skipIf(process.getuid?.() === 0)('is wrong where it may not be read', async () => {
  writeFileSync(path, 'folders: {}');
  chmodSync(path, 0);
  expect(await looks(file(), 1)).toEqual(["may not be read by Vitrine's user: chmod a+r"]);
});
