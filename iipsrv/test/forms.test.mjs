// What pyramids takes to be fit for iipsrv, or shows as it is meanwhile, and what iipsrv really makes of it: files of other
// programs, rendered and compared.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { knownOf } from '../../pyramids/src/facts/judge.ts';
import { readHeader } from '../../pyramids/src/headers/read.ts';
import { ByteSource } from '../../pyramids/src/headers/source.ts';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { pixelsOf } from '../../e2e/support/pixels.mjs';
import { fit, make, makeSources, unfit } from './madeForms.mjs';
import { startIipsrv } from './server.mjs';

/** Steps of 255 by which a colour may differ: JPEG at its worst. */
const TOLERANCE = 8;

const folder = await temporaryFolder('forms');
/** @type {import('./server.mjs').Iipsrv} */
let server;
before(async () => {
  await makeSources(folder);
  server = await startIipsrv(folder);
});
after(() => server.stop());

/** @param {string} name */
async function factsOf(name) {
  const bytes = await readFile(join(folder, name));
  const source = new ByteSource(bytes.length, (at, length) => bytes.subarray(at, at + length));
  return knownOf(await readHeader(source), name, { server: 'iipsrv', makes: true, maxPixels: 1e9 }).facts;
}

/**
 * Renders a file whole, smaller, as a tile and as a sliver, and compares the colours of its quarters.
 * @param {string} name
 * @param {readonly number[][]} colours
 */
async function assertColours(name, colours) {
  const facts = await factsOf(name);
  assert.ok(facts.kind === 'picture', JSON.stringify(facts));
  const [{ width, height, form, meanwhile }] = facts.pages;
  assert.ok(form === 'fit' || meanwhile === 'jp2', JSON.stringify(facts));
  const workers = server.workers();
  for (const request of [
    `full/${width},${height}`,
    `full/${width / 2},${height / 2}`,
    `full/${Math.floor(width / 4)},${Math.floor(height / 4)}`,
    `full/${Math.floor(width / 10)},${Math.floor(height / 10)}`,
    `0,0,${width},${height}/512,512`,
  ]) {
    const { status, body } = await server.ask(`/iiif/${name}/${request}/0/default.jpg`);
    assert.equal(status, 200, request);
    const pixels = await pixelsOf(body);
    for (const [quarter, colour] of colours.entries()) {
      const found = colourAt(pixels, quarter % 2 === 0 ? 0.25 : 0.75, quarter < 2 ? 0.25 : 0.75);
      const apart = Math.max(...colour.map((value, channel) => Math.abs(value - found[channel])));
      assert.ok(apart <= TOLERANCE, `${request}, quarter ${quarter}: ${String(found)}, not ${String(colour)}`);
    }
  }
  assert.deepEqual(server.workers(), workers, 'no process ended');
}

/**
 * @param {import('../../e2e/support/pixels.mjs').Pixels} pixels
 * @param {number} x part of the width
 * @param {number} y part of the height
 * @returns {number[]}
 */
function colourAt({ width, height, grey, bytes }, x, y) {
  const at = Math.floor(height * y) * width + Math.floor(width * x);
  return grey ? Array(3).fill(bytes[at]) : [...bytes.subarray(at * 3, at * 3 + 3)];
}

for (const { colours, files } of fit) {
  for (const [name, command] of Object.entries(files)) {
    test(`${name} is shown as it is, and comes out right`, async () => {
      await make(folder, name, command);
      await assertColours(name, colours);
    });
  }
}

for (const [name, command] of Object.entries(unfit)) {
  test(`${name} never reaches iipsrv`, async () => {
    await make(folder, name, command);
    const facts = await factsOf(name);
    if (facts.kind !== 'picture') return;
    for (const { form, meanwhile } of facts.pages) assert.deepEqual([form, meanwhile], ['made', undefined]);
  });
}
