import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { Maker, type MakerOptions } from '../../src/making/maker.ts';
import type { Known } from '../../src/making/workshop.ts';
import { stateOf, type Master } from '../../src/shared/master.ts';
import { pyramidOf } from '../../src/shared/pyramid.ts';
import type { PageSource } from '../../src/shared/source.ts';
import { Volume, type VolumeOptions } from '../../src/volume/volume.ts';
import { rgb } from './quarters.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, fatal: () => undefined };

let top = '';
let keys = 0;
const closing: (() => Promise<void>)[] = [];

/** Folders of masters and of pyramids for each test of a file. */
export function useFolders(): void {
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'vitrine-making-'));
    mkdirSync(join(top, 'images'));
    mkdirSync(join(top, 'pyramids'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    rmSync(top, { recursive: true });
  });
}

/** Before the folders are removed, the last first. */
export function finally_(close: () => Promise<void>): void {
  closing.push(close);
}

export const images = (): string => join(top, 'images');
export const pyramids = (): string => join(top, 'pyramids');

/** A file below the folder of the masters as auth names it. */
export function masterOf(path: string, content?: Buffer | string): Master {
  const whole = join(images(), path);
  if (content !== undefined) writeFileSync(whole, content);
  keys += 1;
  return { key: String(keys).padStart(64, 'b'), path, state: stateOf(statSync(whole, { bigint: true })) };
}

/** As if the header of every master said this. */
export function saying(
  source: Partial<PageSource>,
  form: 'made' | 'fit' = 'made',
  more: { meanwhile?: 'jp2' } = {},
): Known {
  const page = { ...rgb, ...source };
  const { width, height } = page;
  return {
    of: () => Promise.resolve({ kind: 'picture', pages: [{ width, height, ...pyramidOf(page), form, ...more }] }),
    header: () => Promise.resolve({ kind: 'picture', pages: [page] }),
  };
}

export async function openVolume(more: Partial<VolumeOptions> = {}): Promise<Volume> {
  const volume = await Volume.open({ volume: pyramids(), images: images(), size: undefined, edition: 1, ...more });
  finally_(() => volume.close());
  return volume;
}

export function makerOf(volume: Volume, facts: Known, more: Partial<MakerOptions> = {}): Maker {
  const manner = { quality: 87, dotsPerInch: 72 };
  const maker = new Maker({
    volume,
    facts,
    images: images(),
    manner,
    reduces: false,
    log: silent,
    cores: 2,
    quietFor: () => 1000,
    ...more,
  });
  finally_(() => maker.stop());
  return maker;
}
