// A file in the place of another one of the same length and time: `rsync -a`, `cp -p`, a restored backup.
import { chmodSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tiff } from '../support/pictures.ts';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: ['maps/other.tif'] });
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const inMaps = (name: string): string => join(vitrine.images, 'maps', name);
/** A picture that differs from another one in a number, as far as its header goes. */
const write = (name: string, number: number): void => {
  writeFileSync(inMaps(name), tiff({ tags: { 305: [number] } }));
  utimesSync(inMaps(name), new Date(0), new Date(1_000_000_000));
};
const stateOf = async (name: string): Promise<unknown[]> => {
  const { status, headers } = await vitrine.tile(`/iiif/3/images/maps!${name}/full/100,/0/default.jpg`, { cookie });
  return [status, ...['x-image-version', 'x-image-etag', 'x-image-path'].map((header) => headers[header])];
};

it.each<[string, (name: string) => void]>([
  [
    'byItsName.tif',
    (name) => {
      write('next.tif', 2);
      renameSync(inMaps('next.tif'), inMaps(name));
    },
  ],
  [
    'inPlace.tif',
    (name) => {
      write(name, 6);
    },
  ],
  [
    'asFarAsAnybodyCanTell.tif',
    (name) => {
      chmodSync(inMaps(name), 0o640);
    },
  ],
])('%s: another version, ETag and path', async (name, replace) => {
  write(name, 1);
  const before = await stateOf(name);
  expect(before[0]).toBe(200);
  replace(name);
  await expect.poll(async () => (await stateOf(name))[1], { timeout: 20_000 }).not.toBe(before[1]);
  const after = await stateOf(name);
  expect(after[0]).toBe(200);
  for (const [index, value] of after.slice(1).entries()) expect(value).not.toBe(before[index + 1]);
});
