import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Config } from './config/config.ts';
import { complaintOf } from './folders.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyramids-folders-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const complaint = (images: string, pyramids: string) => complaintOf({ images, pyramids } as Config);

it('has nothing to say while both folders are there', async () => {
  expect(await complaint(folder, folder)()).toBeUndefined();
});

it('names the folder that is not, and no path', async () => {
  expect(await complaint(join(folder, 'gone'), folder)()).toBe('The folder of images is not there.');
  expect(await complaint(folder, '/proc/self')()).toBe('The volume of the pyramids cannot be written to.');
});

it('asks a disk that does not answer once', () => {
  const ask = complaint(folder, folder);
  expect(ask()).toBe(ask());
});
