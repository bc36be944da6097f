import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, before, beforeEach } from 'node:test';
import { mustRun } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { makeCorpus } from './corpus.mjs';
import { assumedProfile } from './judge.mjs';
import { served } from './make/entry.mjs';
import { copy, magick, vips, write } from './make/makers.mjs';
import { tags, tiff } from './make/tiff.mjs';
import { masterOf, startPyramids } from './service.mjs';
import { tryEntry } from './tries.mjs';

/** @typedef {import('./make/entry.mjs').Entry} Entry */
/** @typedef {import('./service.mjs').Pyramids} Pyramids */

/** 13 megapixels: half a second of work, so that there is time to disturb it. */
const BIG = { width: 4200, height: 3000 };
export const big = served('big.tif', vips('zoom', 'pattern.ppm', 'FILE', '6', '6'), {
  pages: [BIG],
  judges: ['Pillow'],
  most: 40,
});
export const other = served('other.tif', vips('zoom', 'negative.ppm', 'FILE', '6', '6'), {
  pages: [BIG],
  judges: ['Pillow'],
  most: 40,
  corners: false,
});
export const small = served('small.jpg', copy('photo.jpg'));
export const png = served('small.png', magick('pattern.ppm', 'png:FILE'));

/** Its pyramid is larger than those of other pictures. */
export const noise = served(
  'noise.tif',
  write(() => tiff([randomPicture({ width: 2000, height: 1500 })])),
);

/** @param {{width: number, height: number}} size */
function randomPicture(size) {
  const bytes = Buffer.alloc(size.width * size.height * 3);
  let state = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return { tags: tags.strips(size), parts: [bytes] };
}

/**
 * A folder of masters and a volume for each test of a file, and services on them that end with it.
 * @param {string} name
 */
export async function disturbed(name) {
  const folder = await temporaryFolder(name);
  const place = {
    folder,
    /** Whole files, to be put into the folder of the masters. */
    whole: join(folder, 'whole'),
    images: '',
    volume: '',
    /** @type {Pyramids[]} */
    running: [],
    /** @type {(env?: NodeJS.ProcessEnv) => Promise<Pyramids>} */
    start: async (env) => {
      const service = await startPyramids({ images: place.images, volume: place.volume, env });
      place.running.push(service);
      return service;
    },
    /** @type {(entry: Entry, as?: string) => Promise<import('./service.mjs').Master>} `as`: its name in the folder */
    put: async ({ name }, as = name) => {
      await copyFile(join(place.whole, name), join(place.images, as));
      return masterOf(place.images, as);
    },
    /** @type {(service: Pyramids, entry: Entry, as?: string) => Promise<void>} */
    isRight: async (service, entry, as = entry.name) => {
      const master = await masterOf(place.images, as);
      const [facts] = await service.facts([master]);
      const { faults } = await tryEntry({ ...entry, name: as }, master, facts, {
        service,
        images: place.images,
        scratch: folder,
        cmyk,
      });
      assert.deepEqual(faults, [], service.log);
    },
    /** Every pyramid under its final name is whole, whoever was killed. */
    nothingIsHalf: async () => {
      for (const name of await readdir(place.volume, { recursive: true })) {
        if (!/^[0-9a-f]{2}\/.*\.tif$/.test(name)) continue;
        const file = join(place.volume, name);
        const levels = Number(await mustRun('vipsheader', ['-f', 'n-pages', file]));
        for (let level = 0; level < levels; level += 1)
          await mustRun('vips', ['avg', `${file}[page=${level},fail-on=warning]`]);
      }
    },
    /** What is being made, or was when somebody was killed. */
    scraps: () =>
      readdirSync(join(place.volume, '.making'), { recursive: true }).filter((name) => String(name).endsWith('.tif')),
    /** @type {(entry: Entry, source: string) => Promise<void>} `source`: a page that was made when the file was this one */
    isAPictureOf: async ({ name }, source) => {
      const files = [join(place.volume, source), join(place.whole, name)];
      const [made, right] = await Promise.all(files.map(async (file) => Number(await mustRun('vips', ['avg', file]))));
      assert.ok(Math.abs(made - right) < 1, `${source}: ${made}, not ${right}`);
    },
    /** @type {(minutes: number, master: import('./service.mjs').Master) => Promise<void>} */
    notUsedFor: async (minutes, { key }) => {
      const at = Date.now() / 1000 - minutes * 60;
      await utimes(join(place.volume, key.slice(0, 2), `${key.slice(2)}-0.json`), at, at);
    },
  };
  let cmyk = '';
  before(async () => {
    await mkdir(place.whole);
    await makeCorpus(place.whole, [big, other, small, png, noise]);
    cmyk = await assumedProfile(folder);
  });
  let number = 0;
  beforeEach(async () => {
    number += 1;
    place.images = join(folder, `images-${number}`);
    place.volume = join(folder, `volume-${number}`);
    for (const one of [place.images, place.volume]) await mkdir(one);
  });
  afterEach(async () => {
    for (const service of place.running.splice(0)) await service.stop('SIGKILL');
    for (const one of [place.images, place.volume]) await rm(one, { recursive: true, force: true });
  });
  return place;
}
