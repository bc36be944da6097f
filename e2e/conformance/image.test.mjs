// IIIF's official validator of the Image API, through nginx, on iipsrv: with a token, and on an image that is open.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { mustRun } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';
import { judge } from './support/judge.mjs';
import { drawSquares } from './support/squares.mjs';

/**
 * The validator's tests of what is beyond level 1, and the name by which info.json claims it. Left out, because it does
 * not: formats other than JPEG (iipsrv 1.1 writes none) and rotations other than quarter turns (too dear for a public
 * server).
 * @type {Record<string, string | Record<string, string>>}
 */
const CLAIMS = {
  format_gif: 'gif',
  format_jp2: 'jp2',
  format_pdf: 'pdf',
  format_png: 'png',
  format_tif: 'tif',
  format_webp: 'webp',
  linkheader_canonical: 'canonicalLinkHeader',
  linkheader_profile: 'profileLinkHeader',
  quality_bitonal: 'bitonal',
  quality_color: 'color',
  quality_grey: 'gray',
  region_percent: 'regionByPct',
  region_square: 'regionSquare',
  rot_full_basic: 'rotationBy90s',
  rot_full_non90: 'rotationArbitrary',
  rot_mirror: 'mirroring',
  rot_mirror_180: 'mirroring',
  rot_region_basic: 'rotationBy90s',
  rot_region_non90: 'rotationArbitrary',
  size_bwh: 'sizeByConfinedWh',
  size_percent: 'sizeByPct',
  size_up: { '2.0': 'sizeAboveFull', '3.0': 'sizeUpscaling' },
  size_wh: 'sizeByWh',
};

/**
 * @typedef {{profile: [string, {formats: string[], qualities: string[], supports: string[]}]}} Info2
 * @typedef {{profile: string, extraFormats?: string[], extraQualities: string[], extraFeatures: string[]}} Info3
 */
const VERSIONS = [
  {
    version: '2.0',
    prefix: 'iiif/images',
    claimsOf: (/** @type {Info2} */ { profile: [level, { formats, qualities, supports }] }) => ({
      level: Number(/level(\d)\.json$/.exec(level)?.[1]),
      names: [...formats, ...qualities, ...supports],
    }),
    // What 2.1 added. The validator knows it as 2.1, whose addresses it writes as those of 1.1; those of 2.0 are right.
    more: ['region_square'],
  },
  {
    version: '3.0',
    prefix: 'iiif/3/images',
    claimsOf: (/** @type {Info3} */ { profile, extraFormats = [], extraQualities, extraFeatures }) => ({
      level: Number(/^level(\d)$/.exec(profile)?.[1]),
      names: [...extraFormats, ...extraQualities, ...extraFeatures],
    }),
    more: [],
  },
];

const NAME = '67352ccc-d1b0-11e1-89ae-279075081939';
const images = await temporaryFolder('images');
await mkdir(join(images, 'open'));
// One is a pyramid as it is, of the other one is made.
await drawSquares(join(images, `${NAME}.tif`));
await mustRun('vips', ['copy', join(images, `${NAME}.tif`), join(images, `open/${NAME}.png`)]);

// ^max is as large as these allow; the validator looks at every pixel of it.
const limits = { MAX_WIDTH: '2400', MAX_HEIGHT: '2400', MAX_AREA: '5760000' };
const vitrine = await startServe({ images, access: { open: 'everyone' }, env: limits });
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const token = JSON.parse((await visitor.ask('/auth/iiif-token')).text).accessToken;
/** Of each version, the level that a test belongs to. */
const [tests] = /** @type {[Record<string, Record<string, number>>]} */ (await judge(['list']));

for (const { version, prefix, claimsOf, more } of VERSIONS) {
  const info = JSON.parse((await visitor.ask(`/${prefix}/${NAME}/info.json`)).text);
  const { level, names } = claimsOf(info);
  const claimed = (/** @type {string} */ name) => {
    const claim = CLAIMS[name] ?? {};
    return names.includes(typeof claim === 'string' ? claim : claim[version]);
  };
  const wanted = Object.keys(tests[version]).filter((name) => tests[version][name] <= level || claimed(name));

  test(`${version}: every test of the validator beyond the level is known here, and most are claimed`, () => {
    const unknown = Object.keys(tests[version]).filter((name) => tests[version][name] > level && !(name in CLAIMS));
    assert.deepEqual(unknown, []);
    assert.ok(wanted.length > 30, String(wanted));
  });

  for (const { visited, identifier, options } of [
    { visited: 'with a token', identifier: NAME, options: { token } },
    { visited: 'open to everybody', identifier: `open!${NAME}`, options: {} },
  ]) {
    suite(`Image API ${version}, ${visited}`, () => {
      const problems = new Map();
      const names = [...wanted, ...more];
      before(async () => {
        const where = [new URL(vitrine.url).host, prefix, identifier, version];
        const answers = await judge(['run', ...where, ...names], options);
        for (const { name, problem } of /** @type {{name: string, problem: string | null}[]} */ (answers)) {
          problems.set(name, problem);
        }
      });
      for (const name of names)
        test(name, () => {
          assert.equal(problems.get(name), null);
        });
    });
  }
}
