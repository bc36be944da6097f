import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exif, gif, jp2, jpeg, pdf, segment } from '../../test/support/pictures.ts';
import { directoryOf, pyramid, writeTiff } from '../../test/support/tiff.ts';
import { pyramidOf } from '../shared/pyramid.ts';
import { stateOf } from '../shared/master.ts';
import { FactsReader, type FactsOptions } from './factsReader.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-facts-'));
const readers: FactsReader[] = [];
const readerOf = (options: Partial<FactsOptions> = {}): FactsReader => {
  const reader = new FactsReader({
    imagesDirectory: folder,
    server: 'iipsrv',
    pdfDpi: 200,
    makes: true,
    maxPixels: 1e9,
    ...options,
  });
  readers.push(reader);
  return reader;
};
let reader: FactsReader;
beforeAll(() => {
  reader = readerOf();
});
afterAll(() => {
  for (const one of readers) one.stop();
  rmSync(folder, { recursive: true });
});

let count = 0;
const stateIn = (path: string) => stateOf(statSync(join(folder, path), { bigint: true }));
const masterAt = (path: string, state = stateIn(path)) => ({ key: `${(count += 1)}`, path, state });
/** Somebody has written it long ago. */
function put(path: string, content: Buffer | string) {
  writeFileSync(join(folder, path), content);
  utimesSync(join(folder, path), 1e9, 1e9);
  return masterAt(path);
}
const sizes = (...pairs: [number, number][]) => pairs.map(([width, height]) => ({ width, height }));

describe('pictures', () => {
  it('a photo on its side: upright, with the pyramid that will be made of it', async () => {
    const segments = [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)]))];
    const master = put('photo.tif', jpeg({ segments }));
    const size = { width: 4000, height: 6000 };
    expect(await reader.of(master)).toEqual({
      kind: 'picture',
      pages: [{ ...size, form: 'made', ...pyramidOf(size) }],
    });
    expect(await reader.header(master)).toMatchObject({
      kind: 'picture',
      pages: [{ loader: 'jpegload', width: 6000, height: 4000, orientation: 6 }],
    });
  });

  it('a pyramid is its own, with the levels that it has', async () => {
    const levels = sizes([1001, 700], [500, 350], [250, 175]);
    const page = { width: 1001, height: 700, form: 'fit', tile: { width: 256, height: 256 }, levels, native: true };
    expect(await reader.of(put('fit.jpg', pyramid({ width: 1001, height: 700 })))).toEqual({
      kind: 'picture',
      pages: [page],
    });
  });

  it('each page of a book', async () => {
    const one = { tags: directoryOf({ width: 70, height: 50 }) };
    const two = { tags: { ...directoryOf({ width: 700, height: 50 }), 274: [5] } };
    expect(await reader.of(put('book.tif', writeTiff([one, two])))).toMatchObject({
      pages: [...sizes([70, 50], [50, 700])],
    });
    expect(await reader.of(put('film.gif', gif({ width: 9, height: 8 }, sizes([9, 8], [9, 8]))))).toMatchObject({
      pages: sizes([9, 8], [9, 8]),
    });
  });

  it('JPEG 2000 is shown meanwhile where the image server shows it', async () => {
    const master = put('deep.jp2', jp2({ bits: 16 }));
    const [iipsrv, digilib] = await Promise.all([reader.of(master), readerOf({ server: 'digilib' }).of(master)]);
    expect(iipsrv).toMatchObject({ pages: [{ form: 'made', meanwhile: 'jp2' }] });
    expect(digilib.kind === 'picture' && digilib.pages[0].meanwhile).toBeUndefined();
  });

  it('where nothing is made, what needs no pyramid or is shown meanwhile; the rest is told what is missing', async () => {
    const frugal = readerOf({ makes: false });
    const [fit, meanwhile, photo] = await Promise.all([
      frugal.of(put('own.tif', pyramid({ width: 1001, height: 700 }))),
      frugal.of(put('wavelets.jp2', jp2({ bits: 8 }))),
      frugal.of(put('flat.jpg', jpeg())),
    ]);
    expect(fit).toMatchObject({ pages: [{ form: 'fit' }] });
    expect(meanwhile).toMatchObject({ pages: [{ meanwhile: 'jp2' }] });
    expect(photo).toEqual({
      kind: 'unsuitable',
      reason: expect.stringMatching('PYRAMIDS_SIZE is 0'),
      remedy: expect.stringMatching('PYRAMIDS_SIZE'),
    });
  });

  it('a document: its pages as they are drawn; of one too large nothing', async () => {
    const master = put('doc', pdf('/MediaBox[0 0 144 72]', '/MediaBox[0 0 144 72]/Rotate 90'));
    const pages = sizes([400, 200], [200, 400]).map((size) => ({ ...size, form: 'made' }));
    expect(await reader.of(master)).toMatchObject({ pages });
    expect(await readerOf({ pdfDpi: 72 }).of(master)).toMatchObject({ pages: sizes([144, 72], [72, 144]) });
    const large = put('wide', pdf('/MediaBox[0 0 14400 14400]'));
    expect(await reader.of(large)).toMatchObject({
      kind: 'unsuitable',
      reason: expect.stringMatching('40000 x 40000'),
    });
  });

  it('is read once for each key', async () => {
    const master = put('once.jpg', jpeg());
    const [first, second] = await Promise.all([reader.of(master), reader.of(master)]);
    rmSync(join(folder, 'once.jpg'));
    expect(second).toBe(first);
    expect(await reader.of(master)).toBe(first);
  });

  it('many in their order', async () => {
    const masters = Array.from({ length: 200 }, (_, index) => put(`${index}.jpg`, jpeg({ width: index + 1 })));
    const facts = await reader.ofAll(masters);
    expect(facts.map((one) => one.kind === 'picture' && one.pages[0].width)).toEqual(
      masters.map((_, index) => index + 1),
    );
  });

  it('a folder that is a link to another, which may change', async () => {
    const link = join(folder, 'link');
    for (const name of ['one', 'two']) {
      mkdirSync(join(folder, name));
      put(`${name}/a.jpg`, jpeg());
    }
    symlinkSync(join(folder, 'one'), link);
    const linked = readerOf({ imagesDirectory: link });
    const inside = (name: string) => ({ ...masterAt(`${name}/a.jpg`), path: 'a.jpg' });
    expect((await linked.of(inside('one'))).kind).toBe('picture');
    rmSync(link);
    symlinkSync(join(folder, 'two'), link);
    expect((await linked.of(inside('two'))).kind).toBe('unreadable');
    expect((await linked.of(inside('two'))).kind).toBe('picture');
  });
});

describe('what is no picture, or is none that can be served', () => {
  it.each([
    ['empty', '', /^it is empty$/],
    ['words', 'Once upon a time', /^no picture, whatever its name says$/],
    ['drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', /^a drawing \(SVG\)$/],
    ['cut', pyramid().subarray(0, 300), /^it ends too early$/],
    ['raw', pyramid({ all: { 262: [32_803] } }), /^a raw file of a camera$/],
    ['film', gif({ width: 9, height: 8 }, Array(5001).fill({ width: 9, height: 8 })), /more than 5000 pages$/],
    [
      'large',
      jpeg({ width: 65_000, height: 65_000 }),
      /65000 x 65000 pixels, which is 4225 million; 1000 million are allowed/,
    ],
    ['broken.pdf', '%PDF-1.4\nnothing else', /^it cannot be read \(.+\)$/],
    ['broken.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /^it cannot be read \(.+\)$/],
  ])('%s', async (name, content, reason) => {
    const facts = await reader.of(put(name, content));
    expect(facts).toEqual({
      kind: 'unsuitable',
      reason: expect.stringMatching(reason),
      remedy: expect.stringMatching(/./),
    });
    expect(await reader.header(masterAt(name))).toEqual(facts);
  });

  it('a sparse file of a terabyte', async () => {
    put('sparse.tif', 'II*\0\x08\0\0\0');
    truncateSync(join(folder, 'sparse.tif'), 2 ** 40);
    utimesSync(join(folder, 'sparse.tif'), 1e9, 1e9);
    expect((await reader.of(masterAt('sparse.tif'))).kind).toBe('unsuitable');
  });

  it('a folder, a named pipe, a socket or a device', async () => {
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe.tif')]);
    expect(await reader.of(masterAt('folder'))).toMatchObject({ kind: 'unsuitable', reason: 'it is a folder' });
    expect(await reader.of(masterAt('pipe.tif'))).toMatchObject({
      kind: 'unsuitable',
      reason: 'it is no ordinary file',
    });
  });
});

describe('what cannot be read now', () => {
  const changing = expect.stringMatching(/it is just being written$/);

  it('a link in the place of the file or of a folder above it', async () => {
    mkdirSync(join(folder, 'real'));
    const master = put('real/a.jpg', jpeg());
    symlinkSync('real', join(folder, 'detour'));
    symlinkSync('real/a.jpg', join(folder, 'link.jpg'));
    for (const path of ['detour/a.jpg', 'link.jpg'])
      expect(await reader.of({ ...master, key: path, path })).toMatchObject({ kind: 'unreadable', reason: changing });
    const inside = readerOf({ imagesDirectory: join(folder, 'real') });
    expect((await inside.of({ ...masterAt('photo.tif'), path: '../photo.tif' })).kind).toBe('unreadable');
    expect((await inside.of({ ...master, path: 'a.jpg' })).kind).toBe('picture');
  });

  it('what is in another state, or gone; asked again it is looked at again', async () => {
    const master = put('growing.jpg', jpeg());
    appendFileSync(join(folder, 'growing.jpg'), 'more');
    expect(await reader.of(master)).toMatchObject({ kind: 'unreadable', reason: changing });
    expect(await reader.of({ ...master, state: stateIn('growing.jpg') })).toMatchObject({ kind: 'picture' });
    renameSync(join(folder, 'growing.jpg'), join(folder, 'elsewhere.jpg'));
    expect(await reader.of({ ...master, key: 'other' })).toMatchObject({ kind: 'unreadable', reason: changing });
  });

  it('what is broken and was changed a moment ago', async () => {
    writeFileSync(join(folder, 'new.tif'), pyramid().subarray(0, 300));
    const reason = 'it ends too early; perhaps it is just being written';
    expect(await reader.of(masterAt('new.tif'))).toMatchObject({ kind: 'unreadable', reason });
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('what may not be read', async () => {
    put("it's closed.jpg", jpeg());
    chmodSync(join(folder, "it's closed.jpg"), 0);
    expect(await reader.of(masterAt("it's closed.jpg"))).toEqual({
      kind: 'unreadable',
      reason: 'it may not be read',
      remedy: expect.stringContaining(String.raw`chmod a+r '${folder}/it'\''s closed.jpg'`),
    });
  });

  it('what is in no folder', async () => {
    const away = readerOf({ imagesDirectory: join(folder, 'away') });
    expect((await away.of({ key: 'a', path: 'a.jpg', state: '' })).kind).toBe('unreadable');
  });
});
