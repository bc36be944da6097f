import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { corpus } from './corpus.mjs';
import { DOCUMENT, lasting, page } from './page.mjs';
import { testServed } from './served.mjs';
import { prepareTries } from './tried.mjs';

const folder = await temporaryFolder('pictures');

/** @type {Awaited<ReturnType<typeof prepareTries>>} */
let tries;
/** @type {Map<string, import('./tries.mjs').Outcome>} */
const outcomes = new Map();

before(async () => {
  tries = await prepareTries(folder);
});
after(() => tries.service.stop());

describe('every file is served right, or refused with the reason', { concurrency: 3 }, () => {
  for (const entry of corpus) {
    test(entry.name, async () => {
      const outcome = await tries.attempt(entry);
      outcomes.set(entry.name, outcome);
      assert.deepEqual(outcome.faults, []);
    });
  }
});

test('docs/pictures.md says how each file is served', async () => {
  const made = page(corpus.flatMap(({ name }) => outcomes.get(name) ?? []));
  assert.equal(lasting(made), lasting(await readFile(DOCUMENT, 'utf8')), 'node e2e/pictures/page.mjs --write');
});

testServed(() => tries);
