import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rgb } from '../../test/support/quarters.ts';
import { drawPicture, largestDifference, readPixels, vips, type Pixels } from '../../test/support/vips.ts';
import { images, makerOf, masterOf, openVolume, pyramids, saying, useFolders } from '../../test/support/workshop.ts';
import type { Master } from '../shared/master.ts';
import { sourceOf } from '../volume/places.ts';
import { readiness } from './readiness.ts';

useFolders();

const [WIDTH, HEIGHT] = [2501, 1703];
const facts = saying({ ...rgb, width: WIDTH, height: HEIGHT });
const reducing = { reduces: true };
const now = { seconds: 0.001, signal: new AbortController().signal };

function picture(name: string, ...how: string[]): Master {
  const drawn = join(images(), 'drawn.ppm');
  drawPicture(drawn, WIDTH, HEIGHT);
  vips('copy', drawn, join(images(), name) + how.join(''));
  rmSync(drawn);
  return masterOf(name);
}

const copyOf = (master: Master): string => join(pyramids(), sourceOf(master.key, 0, '.reduced.tif'));

function pixelsOf(file: string): Pixels {
  const plain = join(images(), 'plain.ppm');
  vips('copy', file, plain);
  return readPixels(readFileSync(plain));
}

/** As libvips makes the picture smaller, by the mean of four pixels. */
function half(master: Master): Pixels {
  const smaller = join(images(), 'half.ppm');
  vips('shrink', join(images(), master.path), smaller, '2', '2', '--ceil');
  return readPixels(readFileSync(smaller));
}

test('the last level that has 1024 pixels, without what was added at its edges', async () => {
  const master = picture('a.tif');
  const volume = await openVolume();
  expect(await makerOf(volume, facts, reducing).want(master, 0, 'tile')).toEqual({ kind: 'ready' });
  const made = pixelsOf(copyOf(master));
  expect([made.width, made.height]).toEqual([1251, 852]);
  expect(largestDifference(made, half(master), 1240, 840)).toBeLessThan(60);
  expect(execFileSync('tiffinfo', [copyOf(master)], { stdio: ['ignore', 'pipe', 'ignore'] }).toString()).toMatch(
    /Tile Width: 512[\s\S]*JPEG/v,
  );
  expect(readdirSync(volume.scratch)).toEqual(['lock']);
  const { bytes, ready } = await volume.figures();
  const sizes = [sourceOf(master.key, 0), sourceOf(master.key, 0, '.reduced.tif')].map(
    (source) => statSync(join(pyramids(), source)).size,
  );
  expect([bytes, ready]).toEqual([sizes.reduce((a, b) => a + b), 1]);
});

test.each(['[tile,pyramid,compression=jpeg]', '[tile,pyramid,subifd,compression=jpeg]'])(
  'of a master that is a pyramid itself: %s',
  async (how) => {
    const master = picture('a.tif', how);
    const volume = await openVolume();
    await makerOf(volume, saying({ ...rgb, width: WIDTH, height: HEIGHT }, 'fit'), reducing).want(master, 0, 'folder');
    const made = pixelsOf(copyOf(master));
    expect([made.width, made.height]).toEqual([1251, 852]);
    expect(largestDifference(made, half(master), 1240, 840)).toBeLessThan(60);
  },
);

test('is told of when it is there; without it a page is shown all the same, and gets it the next time', async () => {
  const master = picture('a.tif');
  const volume = await openVolume();
  const maker = makerOf(volume, facts, reducing);
  const ask = (reduces: boolean) => readiness({ volume, facts, reduces }, maker, { master, page: 0 }, now);
  await makerOf(volume, facts).want(master, 0, 'tile');
  const known = await facts.of(master);
  const page = known.kind === 'picture' ? known.pages[0] : undefined;
  if (!page) throw new Error('it is a picture');
  const ready = { kind: 'ready', source: sourceOf(master.key, 0), native: true };
  expect(await ask(true)).toEqual(ready);
  expect(await maker.isWhole(master, 0, page)).toBe(false);
  const { ino } = statSync(join(pyramids(), ready.source));
  await maker.want(master, 0, 'sweep');
  expect(await maker.isWhole(master, 0, page)).toBe(true);
  expect(statSync(join(pyramids(), ready.source)).ino).toBe(ino);
  const reduced = { source: sourceOf(master.key, 0, '.reduced.tif'), width: 1251, height: 852 };
  expect(await ask(true)).toEqual({ ...ready, reduced });
  expect(await ask(false)).toEqual(ready);
});

test('none of a small picture, nor for an image server that draws from levels', async () => {
  const master = picture('a.tif');
  const small = saying({ ...rgb, width: 1900, height: 1000 });
  const volume = await openVolume();
  await makerOf(volume, facts).want(master, 0, 'tile');
  expect(existsSync(copyOf(master))).toBe(false);
  vips('embed', join(images(), 'a.tif'), join(images(), 'b.tif'), '0', '0', '1900', '1000');
  const other = masterOf('b.tif');
  const maker = makerOf(volume, small, reducing);
  expect(await maker.want(other, 0, 'tile')).toEqual({ kind: 'ready' });
  expect(existsSync(copyOf(other))).toBe(false);
});

test('goes with its pyramid', async () => {
  const master = picture('a.tif');
  const volume = await openVolume();
  await makerOf(volume, facts, reducing).want(master, 0, 'tile');
  rmSync(join(images(), 'a.tif'));
  masterOf('other.tif', 'the folder is not empty');
  await volume.clean(new AbortController().signal);
  expect(existsSync(copyOf(master))).toBe(false);
  expect(await volume.figures()).toMatchObject({ bytes: 0, ready: 0 });
});
