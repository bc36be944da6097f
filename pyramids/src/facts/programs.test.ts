import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pdf } from '../../test/support/pictures.ts';
import { stateOf } from '../shared/master.ts';
import { askPrograms } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-programs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is said of a file that was written long ago. */
function ask(format: 'pdf' | 'heif', path: string) {
  utimesSync(join(folder, path), 1e9, 1e9);
  const state = stateOf(statSync(join(folder, path), { bigint: true }));
  return askPrograms(format, folder, { path, state }, 200);
}
function askPdf(content: string) {
  writeFileSync(join(folder, 'doc'), content);
  return ask('pdf', 'doc');
}

it('the pages of a PDF, cut and turned as it says, as libvips draws them', async () => {
  const told = await askPdf(
    pdf(
      '/MediaBox[0 0 595.27559 841.88976]',
      '/MediaBox[0 0 144 72]/Rotate 90',
      '/MediaBox[0 0 200 200]/CropBox[10 10 110.3 60.7]/Rotate 270',
      '/MediaBox[100 100 0 0]/UserUnit 2',
      '',
    ),
  );
  const drawn = Array.from({ length: 5 }, (_, page) =>
    execFileSync('vipsheader', [`${join(folder, 'doc')}[dpi=200,page=${page}]`], { encoding: 'utf8' }),
  ).map((line, page) => {
    const [, width, height] = /: (\d+)x(\d+) /.exec(line) ?? [];
    return { loader: 'pdfload', page, width: Number(width), height: Number(height), orientation: 1, colour: 'rgb' };
  });
  expect(told).toMatchObject({ kind: 'pages', pages: drawn });
  expect(drawn[2]).toMatchObject({ width: 141, height: 279 });
});

it('a page has a pixel at least', async () => {
  expect(await askPdf(pdf('/MediaBox[0 0 0.1 0.1]'))).toMatchObject({ pages: [{ width: 1, height: 1 }] });
});

it('a PDF of too many pages, one that is none, and one that is locked', async () => {
  const many = pdf(...Array<string>(5001).fill('/MediaBox[0 0 9 9]'));
  expect(await askPdf(many)).toMatchObject({ kind: 'excessive' });
  expect(await askPdf('%PDF-1.4')).toMatchObject({ kind: 'damaged', reason: expect.not.stringContaining('/') });
  expect(await askPdf(pdf())).toMatchObject({ kind: 'damaged', reason: 'it holds no pages' });
  const circle = pdf('').replace('Kids[3 0 R]', 'Kids[2 0 R]');
  expect(await askPdf(circle)).toMatchObject({ kind: 'damaged', reason: 'a page of it has no size' });
  expect(await askPdf(pdf('/MediaBox[0 0 1440000 72]'))).toMatchObject({ pages: [{ width: 4_000_000, height: 200 }] });
  const key = '0'.repeat(64);
  const encrypted = pdf('').replace(
    '/Root',
    `/ID[<${key}><${key}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<${key}>/U<${key}>>>/Root`,
  );
  expect(await askPdf(encrypted)).toEqual({ kind: 'locked', reason: 'it is locked by a password' });
});

it('the pictures of a HEIF or AVIF, each with its size, whatever the file is called', async () => {
  const file = (name: string) => join(folder, name);
  execFileSync('vips', ['black', file('black.v'), '70', '50', '--bands', '3']);
  execFileSync('vips', ['copy', file('black.v'), file('colours.v'), '--interpretation', 'srgb']);
  execFileSync('vips', ['heifsave', file('colours.v'), file('a[1].jpg'), '--compression', 'av1'], { stdio: 'ignore' });
  const plain = { loader: 'heifload', page: 0, samples: 3, bits: 8, orientation: 1, profile: undefined };
  expect(await ask('heif', 'a[1].jpg')).toMatchObject({ kind: 'pages', pages: [{ ...plain, width: 70, height: 50 }] });
  execFileSync('convert', ['-size', '70x50', 'xc:red', '-size', '40x90', 'xc:blue', file('two.heic')]);
  expect(await ask('heif', 'two.heic')).toMatchObject({
    pages: [
      { page: 0, width: 70, height: 50 },
      { page: 1, width: 40, height: 90 },
    ],
  });
  writeFileSync(file('none.heic'), '\0\0\0\x18ftypheic\0\0\0\0mif1heic');
  expect(await ask('heif', 'none.heic')).toMatchObject({ kind: 'damaged' });
});
