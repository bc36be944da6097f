import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPicture, largestDifference, readPixels, vips, type Pixels } from '../../test/support/vips.ts';
import { Volume } from '../../test/support/volume.ts';
import { Tiles } from './tiles.ts';

const source = Volume.source();
let volume: Volume;
let tiles: Tiles;

describe('pyramids of libvips, as libvips shows them', () => {
  beforeAll(() => {
    volume = new Volume();
    tiles = new Tiles(volume);
    drawPicture(join(volume.folder, 'colour.ppm'), 1536, 1040);
    vips('colourspace', join(volume.folder, 'colour.ppm'), join(volume.folder, 'gray.pgm'), 'b-w');
  });

  afterAll(() => {
    tiles.close();
    volume.remove();
  });

  function make(from: string, ...options: string[]): void {
    const form = [
      '--tile',
      '--pyramid',
      '--tile-width',
      '512',
      '--tile-height',
      '512',
      '--compression',
      'jpeg',
      '--strip',
    ];
    rmSync(volume.pyramid(), { force: true });
    vips('tiffsave', join(volume.folder, from), volume.pyramid(), ...form, ...options);
    tiles.close();
  }

  /** What another program makes of the answer. */
  async function shown(
    level: number,
    column: number,
    row: number,
    size: { width: number; height: number },
  ): Promise<Pixels> {
    const tile = await tiles.of(source, level, column, row, size);
    if (tile.kind !== 'tile') throw new Error(JSON.stringify(tile));
    const jpeg = join(volume.folder, 'tile.jpg');
    writeFileSync(jpeg, tile.bytes);
    vips('copy', jpeg, join(volume.folder, 'tile.ppm'));
    return readPixels(readFileSync(join(volume.folder, 'tile.ppm')));
  }

  /** What libvips itself makes of the place of the level. */
  function expected(
    level: string,
    left: number,
    top: number,
    { width, height }: { width: number; height: number },
  ): Pixels {
    const numbers = [left, top, width, height].map(String);
    vips('crop', `${volume.pyramid()}[${level}]`, join(volume.folder, 'expected.ppm'), ...numbers);
    return readPixels(readFileSync(join(volume.folder, 'expected.ppm')));
  }

  it.each<[what: string, from: string, options: string[]]>([
    ['colours of half the size', 'colour.ppm', ['--Q', '87']],
    ['red, green and blue', 'colour.ppm', ['--Q', '95']],
    ['gray', 'gray.pgm', ['--Q', '87']],
    ['BigTIFF', 'colour.ppm', ['--bigtiff']],
  ])('%s', async (_what, from, options) => {
    make(from, ...options);
    const [whole, less] = [
      { width: 512, height: 512 },
      { width: 301, height: 200 },
    ];
    const [is, cut] = [await shown(0, 1, 1, whole), await shown(0, 1, 1, less)];
    expect(largestDifference(is, expected('page=0', 512, 512, whole), 512, 512)).toBe(0);
    // An enlarged colour of the last column and row knows nothing of what was cut off.
    expect(largestDifference(cut, is, 300, 199)).toBe(0);
    expect(largestDifference(cut, is, 301, 200)).toBeLessThan(16);
    const edge = { width: 768 - 512, height: 520 - 512 };
    expect(largestDifference(await shown(1, 1, 1, edge), expected('page=1', 512, 512, edge), 255, 7)).toBe(0);
  });

  it('levels below the first directory', async () => {
    make('colour.ppm', '--subifd');
    const size = { width: 512, height: 512 };
    expect(largestDifference(await shown(1, 0, 0, size), expected('subifd=0', 0, 0, size), 512, 512)).toBe(0);
  });

  it('without colours of half the size a cut is exact to its last pixel', async () => {
    make('colour.ppm', '--Q', '95');
    const whole = await shown(0, 0, 0, { width: 512, height: 512 });
    for (const [width, height] of [
      [511, 3],
      [8, 8],
      [129, 512],
      [512, 1],
    ] as const) {
      expect(largestDifference(await shown(0, 0, 0, { width, height }), whole, width, height)).toBe(0);
    }
  });
});
