import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FoldingDisk } from '../../../test/support/foldingDisk.ts';
import { systemClock } from '../../shared/clock.ts';
import { Catalogue } from './catalogue.ts';
import { ImagesUnavailable, localDisk, type Disk } from './disk.ts';
import { Paths } from './paths.ts';

const log = { warn: () => undefined, info: () => undefined };
const COMPOSED = 'Caf\u00e9';
const DECOMPOSED = 'Cafe\u0301';

let root: string;
let disk: FoldingDisk;
let paths: Paths;
const newPaths = (on: Disk): Paths => new Paths(root, { disk: on, log, now: systemClock });
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-paths-')));
  for (const folder of ['maps/secretfolder', COMPOSED, 'open']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['maps/secretfolder/averylongname.tiff', 'maps/a.tif', `${COMPOSED}/a.tif`, 'open/a.tif'])
    writeFileSync(join(root, file), '');
  disk = new FoldingDisk(root);
  paths = newPaths(disk);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('a disk that finds a file by many names', () => {
  it.each([
    ['maps', 'a.tif'],
    ['maps', 'secretfolder', 'averylongname.tiff'],
    [COMPOSED, 'a.tif'],
  ])('%s/%s… as it is listed', async (...path) => {
    expect(await paths.lookUp(path)).toEqual({ absolute: join(root, ...path), real: path });
  });

  it.each([
    ['MAPS', 'a.tif'],
    ['maps', 'A.TIF'],
    ['maps', 'SecretFolder', 'averylongname.tiff'],
    ['maps', 'SECRET~1', 'averylongname.tiff'],
    ['maps', 'secretfolder', 'AVERYL~1.TIF'],
    ['maps', 'secretfolder.', 'averylongname.tiff'],
    ['maps', 'secretfolder ', 'averylongname.tiff'],
    ['maps ', 'a.tif'],
    ['maps', 'a.tif.'],
    [DECOMPOSED, 'a.tif'],
  ])('%s/%s…: the disk has it, and it is not there', async (...path) => {
    expect((await disk.stat(join(root, ...path))).isFile()).toBe(true);
    expect(await paths.lookUp(path)).toBe('misspelt');
    expect(await new Catalogue(root, { disk }).find(path)).toMatchObject({ kind: 'missing' });
  });

  it('a folder in another spelling holds no images, and no folders', async () => {
    const catalogue = new Catalogue(root, { disk });
    expect(await catalogue.folder(['MAPS'])).toBeUndefined();
    expect(await catalogue.folder(['maps'])).toMatchObject({ images: ['a.tif'], folders: ['secretfolder'] });
  });

  it('an extension may be left out, and nothing else be changed', async () => {
    const catalogue = new Catalogue(root, { disk });
    expect(await catalogue.find(['maps', 'a'])).toMatchObject({ kind: 'file', real: ['maps', 'a.tif'] });
    expect(await catalogue.find(['maps', 'A'])).toMatchObject({ kind: 'missing' });
  });

  it('a link counts by its own name as it is listed, and where it leads by the names there', async () => {
    symlinkSync('../maps', join(root, 'open', 'link'));
    expect(await paths.lookUp(['open', 'link', 'a.tif'])).toMatchObject({ real: ['maps', 'a.tif'] });
    for (const path of [
      ['open', 'LINK', 'a.tif'],
      ['OPEN', 'link', 'a.tif'],
      ['open', 'link', 'A.TIF'],
    ])
      expect([path, await paths.lookUp(path)]).toEqual([path, 'misspelt']);
  });

  it('a link that spells what it leads to in another way leads nowhere', async () => {
    const elsewhere = join(root, 'MAPS', 'a.tif');
    const misled = { ...localDisk, stat: disk.stat, names: disk.names };
    const realpath = (path: string) => (path.endsWith('link.tif') ? Promise.resolve(elsewhere) : disk.realpath(path));
    expect(await newPaths({ ...misled, realpath }).lookUp(['open', 'link.tif'])).toBe('misspelt');
  });
});

it('Two names that differ in case only, on a disk that tells them apart, are two files', async () => {
  writeFileSync(join(root, 'maps', 'A.TIF'), '');
  const exact = newPaths(localDisk);
  for (const name of ['a.tif', 'A.TIF'])
    expect(await exact.lookUp(['maps', name])).toMatchObject({ real: ['maps', name] });
  expect(await exact.lookUp(['Maps', 'a.tif'])).toBe('absent');
});

describe('what leads out of the root, or nowhere', () => {
  const lookUp = (...path: string[]) => newPaths(localDisk).lookUp(path);
  const link = (to: string, ...from: string[]): void => {
    symlinkSync(to, join(root, ...from));
  };

  it('the way up is never a way, even where it comes back', async () => {
    expect(await lookUp('..')).toBe('outside');
    expect(await lookUp('maps', '..', '..')).toBe('outside');
    expect(await lookUp('maps', '..', 'open', 'a.tif')).toBe('misspelt');
    expect(await lookUp('maps', '.', 'a.tif')).toBe('misspelt');
  });

  it('a link out, a link to such a link, and what lies behind them', async () => {
    const outside = `${root}-beside`; // begins as the root does
    mkdirSync(outside);
    writeFileSync(join(outside, 'a.tif'), '');
    link(outside, 'open', 'out');
    link('out', 'open', 'twice');
    link('/', 'open', 'slash');
    for (const path of [['out'], ['twice'], ['out', 'a.tif'], ['twice', 'a.tif'], ['slash']])
      expect([path, await lookUp('open', ...path)]).toEqual([path, 'outside']);
    rmSync(outside, { recursive: true });
  });

  it('a link to a link within the root leads to where the last one leads', async () => {
    link('../maps', 'open', 'once');
    link('once', 'open', 'twice');
    expect(await lookUp('open', 'twice', 'a.tif')).toEqual({
      absolute: join(root, 'maps', 'a.tif'),
      real: ['maps', 'a.tif'],
    });
  });

  it('a link to itself, to nothing, or to a name that no address can hold', async () => {
    mkdirSync(join(root, '.hidden'));
    link('round', 'open', 'round');
    link('nothing', 'open', 'broken');
    link('../.hidden', 'open', 'hidden');
    expect(await lookUp('open', 'round')).toBe('absent');
    expect(await lookUp('open', 'broken')).toBe('absent');
    expect(await lookUp('open', 'hidden')).toBe('unsafe');
    expect(await lookUp('.hidden')).toBe('unsafe');
  });

  it('the root may be a link itself', async () => {
    const linked = `${root}-link`;
    symlinkSync(root, linked);
    const found = await new Paths(linked, { disk: localDisk, log, now: systemClock }).lookUp(['maps', 'a.tif']);
    expect(found).toEqual({ absolute: join(root, 'maps', 'a.tif'), real: ['maps', 'a.tif'] });
    rmSync(linked);
  });
});

describe('a disk that does not answer as it should', () => {
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  const besideRoot =
    (then: Disk['realpath']): Disk['realpath'] =>
    (path) =>
      path === root ? localDisk.realpath(path) : then(path);

  it.each(['EACCES', 'EPERM', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'])('%s: there is nothing for us', async (code) => {
    const paths = newPaths({ ...localDisk, realpath: besideRoot(failing(code)) });
    expect(await paths.lookUp(['maps', 'a.tif'])).toBe('absent');
  });

  it('a folder that may be entered and not listed leads to nothing, since no name in it can be compared', async () => {
    const paths = newPaths({ ...localDisk, names: failing('EACCES') });
    expect(await paths.lookUp(['maps', 'a.tif'])).toBe('misspelt');
  });

  it('a failure of the disk is no answer', async () => {
    const paths = newPaths({ ...localDisk, realpath: besideRoot(failing('EIO')) });
    await expect(paths.lookUp(['maps', 'a.tif'])).rejects.toThrow(ImagesUnavailable);
    await expect(newPaths({ ...localDisk, names: failing('EIO') }).lookUp(['maps'])).rejects.toThrow(ImagesUnavailable);
  });

  it('a root that is not there is no empty root', async () => {
    renameSync(root, `${root}-away`);
    await expect(newPaths(localDisk).lookUp(['maps'])).rejects.toThrow(ImagesUnavailable);
    renameSync(`${root}-away`, root);
  });
});

describe('a folder that is replaced by a link between two steps', () => {
  /** Puts a link in the place of the folder `open` as soon as its listing is asked for. */
  const replacing = (to: string): Disk => ({
    ...localDisk,
    names: async (path) => {
      if (path === join(root, 'open')) {
        renameSync(path, join(root, 'formerly'));
        symlinkSync(to, path);
      }
      return localDisk.names(path);
    },
  });

  it('is where it was found, never where the link leads; the next question finds the link', async () => {
    const paths = newPaths(replacing('maps'));
    expect(await paths.lookUp(['open', 'a.tif'])).toMatchObject({ real: ['open', 'a.tif'] });
    expect(await newPaths(localDisk).lookUp(['open', 'a.tif'])).toMatchObject({ real: ['maps', 'a.tif'] });
  });

  it('holds nothing where the link leads out to other names', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'vitrine-outside-'));
    writeFileSync(join(outside, 'b.tif'), '');
    expect(await newPaths(replacing(outside)).lookUp(['open', 'a.tif'])).toBe('misspelt');
    expect(await newPaths(localDisk).lookUp(['open', 'b.tif'])).toBe('outside');
    rmSync(outside, { recursive: true });
  });
});
