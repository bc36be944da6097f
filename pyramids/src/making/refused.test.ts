import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { converted, file, folder, madeOf, newName, useFolder } from '../../test/support/conversions.ts';
import { COLOURS, grey, rgb, tiff, u8 } from '../../test/support/quarters.ts';
import type { PageSource } from '../shared/source.ts';

useFolder();

test('whole blocks are only written; what is larger than a tile has smaller versions', async () => {
  const path = join(folder(), `${newName()}.tif`);
  execFileSync('vips', ['black', path, '1200', '700', '--bands', '3']);
  const outcome = await madeOf(path, { ...rgb, width: 1200, height: 700 });
  expect(outcome.kind).toBe('made');
  expect(
    execFileSync('vipsheader', ['-f', 'n-pages', outcome.kind === 'made' ? outcome.path : ''])
      .toString()
      .trim(),
  ).toBe('3');
});

describe('what is no picture, or not the one that its header says', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="48"><rect width="80" height="48" fill="red"/></svg>';
  test.each<[string, string, PageSource['loader']]>([
    ['SVG', svg, 'pngload'],
    ['SVG', svg, 'tiffload'],
    ['what only ImageMagick reads', `/* XPM */\nstatic char *x[] = {"1 1 1 1","a c #ff0000","a"};\n`, 'pngload'],
    ['a picture of libvips', 'vips', 'pngload'],
    ['a list of numbers', '1,2,3\n4,5,6\n', 'pngload'],
  ])('%s is not drawn, whatever it is called: %#', async (_, text, loader) => {
    const path = text === 'vips' ? converted(tiff(u8(COLOURS), 2, 8, 3), '.v') : file(text, '.png');
    expect(await madeOf(path, { ...rgb, loader })).toEqual({
      kind: 'failed',
      reason: 'it is damaged, or cut off',
      remedy: expect.any(String),
    });
  });

  test.each(['.jpg[Q=100]', '.png', '.webp[lossless]', '.gif', '.heic[lossless]', '.tif[compression=deflate]'])(
    '%s that is cut off',
    async (ending) => {
      const noise = join(folder(), `${newName()}.v`);
      execFileSync('vips', ['gaussnoise', noise, '300', '300', '--sigma', '60', '--mean', '128']);
      const path = join(folder(), `${newName()}${ending}`);
      execFileSync('vips', ['cast', noise, path, 'uchar'], { stdio: 'pipe' });
      const plain = path.replace(/\[.*/, '');
      truncateSync(plain, Math.floor(readFileSync(plain).length * 0.6));
      const loader = `${{ jpg: 'jpeg', jp2: 'jp2k', heic: 'heif', tif: 'tiff' }[/\.(\w+)/.exec(ending)?.[1] ?? ''] ?? /\w+/.exec(ending)?.[0]}load`;
      const outcome = await madeOf(plain, { ...grey, width: 300, height: 300, loader: loader as PageSource['loader'] });
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'it is damaged, or cut off' });
    },
  );
});

test('who has had enough stops it, and nothing stays', async () => {
  const path = join(folder(), `${newName()}.v`);
  execFileSync('vips', ['black', `${path}.tif`, '20000', '10000']);
  const stop = new AbortController();
  const before = readdirSync(folder());
  const outcome = madeOf(`${path}.tif`, { ...grey, width: 20_000, height: 10_000 }, stop.signal);
  stop.abort();
  expect(await outcome).toEqual({ kind: 'stopped' });
  expect(readdirSync(folder())).toEqual(before);
});
