import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { stateOf, type Master } from '../../src/shared/master.ts';
import { Volume, type VolumeOptions } from '../../src/volume/volume.ts';

const size = { width: 30, height: 20 };
/** How pages that {@link place} has placed, and links to fit masters, lie there. */
export const [made, fit] = [{ form: 'made', ...size } as const, { form: 'fit', ...size } as const];

let top: string;
let opened: Volume[];
/** Of the volume of the running test. */
export let options: VolumeOptions;

/** For each test of a file a volume of its own, and a folder of masters. */
export function useVolumes(): void {
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'vitrine-volume-'));
    const [volume, images] = [join(top, 'pyramids'), join(top, 'images')];
    mkdirSync(volume);
    mkdirSync(images);
    options = { volume, images, size: undefined, edition: 1 };
    opened = [];
  });
  afterEach(async () => {
    for (const volume of opened) await volume.close();
    rmSync(top, { recursive: true });
  });
}

/** The service on that volume; a second one where it is called again. */
export async function open(more: Partial<VolumeOptions> = {}): Promise<Volume> {
  const volume = await Volume.open({ ...options, ...more });
  opened.push(volume);
  return volume;
}

let keys = 0;
/** A file below the masters. */
export function master(path: string, content = 'picture'): Master {
  const whole = join(options.images, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, content);
  return { key: String((keys += 1)).padStart(64, 'a'), path, state: stateOf(statSync(whole, { bigint: true })) };
}

/** Places what stands for a pyramid. @returns where it lies, without an ending */
export async function place(volume: Volume, of: Master, content = 'pyramid', page = 0): Promise<string> {
  const file = join(volume.scratch, volume.newName());
  writeFileSync(file, content);
  await volume.place(file, of, page, size);
  return join(options.volume, of.key.slice(0, 2), `${of.key.slice(2)}-${page}`);
}

/** As if it had been used so many minutes ago. */
export function usedBefore(base: string, minutes: number): void {
  const at = Date.now() / 1000 - minutes * 60;
  utimesSync(`${base}.json`, at, at);
}
