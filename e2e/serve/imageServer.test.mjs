// Processes of the image server die in the middle of their work: what is not sent as it is stored, gray here, is theirs.
import assert from 'node:assert/strict';
import { copyFile, mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { inTurn } from '../support/inTurn.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { descendants, killAll, lives, nicenessOf } from '../../test-support/processes.mjs';
import { startServe } from '../support/serve.mjs';
import { tilesOf } from '../support/tiles.mjs';
import { until } from '../../test-support/until.mjs';

const AT_ONCE = 6;
const WORKERS = 4;
const images = await temporaryFolder('images');
const file = join(images, 'maps/island.tif');
await mkdir(join(images, 'maps'));
await copyFile(join(import.meta.dirname, '../../samples/images/maps/island.tif'), file);

const vitrine = await startServe({ images, env: { IMAGE_WORKERS: String(WORKERS) } });
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const workers = () => descendants(vitrine.pid).filter(({ name }) => name === 'iipsrv.fcgi');

/** @type {import('../support/tiles.mjs').Tile[]} */
let tiles;
/**
 * What each tile looks like when nobody disturbs the image server.
 * @type {Buffer[]}
 */
let right;
before(async () => {
  const info = JSON.parse((await visitor.ask('/iiif/images/maps!island.tif/info.json')).text);
  tiles = tilesOf(info).map((tile) => ({ ...tile, path: tile.path.replace('default.jpg', 'gray.jpg') }));
  right = (await inTurn(AT_ONCE, tiles, ({ path }) => visitor.ask(path))).map(({ body }) => body);
});

test('what renders gives way to what only sends', () => {
  const byName = (/** @type {string} */ wanted) => descendants(vitrine.pid).filter(({ name }) => name === wanted);
  for (const { pid } of workers()) assert.equal(nicenessOf(pid), 10);
  for (const { pid } of byName('nginx')) assert.equal(nicenessOf(pid), nicenessOf(vitrine.pid));
});

/** As if the file had been replaced: every tile has to be rendered again. */
async function forgetTiles() {
  const { etag } = (await visitor.ask(tiles[0].path)).headers;
  await utimes(file, new Date(), new Date());
  await until('another version', async () => (await visitor.ask(tiles[0].path)).headers.etag !== etag);
}

/**
 * Asks for all tiles.
 * @param {() => void} disturb is called now and then
 * @returns {Promise<{asked: number, failed: number}>} tiles, and how many of them came as an error
 */
async function load(disturb) {
  await forgetTiles();
  const answers = await inTurn(AT_ONCE, tiles, async ({ path }, index) => {
    if (index % 12 === 6) disturb();
    return visitor.ask(path);
  });
  const failures = answers.filter(({ status }) => status !== 200);
  for (const [index, { status, body }] of answers.entries()) {
    if (status === 200) assert.ok(body.equals(right[index]), `another picture at ${tiles[index].path}`);
  }
  for (const { status, headers, text } of failures) {
    assert.ok([502, 503].includes(status), `${status}: ${text}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.ok(JSON.parse(text).error);
  }
  return { asked: answers.length, failed: failures.length };
}

async function allIsWell() {
  await until(`${WORKERS} workers`, () => workers().length === WORKERS);
  assert.deepEqual(await load(() => undefined), { asked: tiles.length, failed: 0 });
}

test('one worker after the other is killed under load: every answer is the right picture', async (t) => {
  let killed = 0;
  const kill = () => {
    const victim = workers().at(0);
    if (victim) killAll([victim.pid]);
    killed += victim ? 1 : 0;
  };
  let failed = 0;
  for (const _ of [1, 2, 3]) failed += (await load(kill)).failed;
  t.diagnostic(`${3 * tiles.length} tiles, ${killed} workers killed, ${failed} answers of 502 or 503`);
  assert.ok(killed >= 10, `only ${killed} killed`);
  // A request is lost only if the worker of its second try is killed as well.
  assert.ok(failed <= 1, `${failed} failed`);
  await allIsWell();
});

test('all workers are killed at once under load: no wrong picture, and all is well afterwards', async (t) => {
  const kill = () => {
    killAll(workers().map(({ pid }) => pid));
  };
  const { asked, failed } = await load(kill);
  t.diagnostic(`${asked} tiles, ${failed} answers of 502 or 503`);
  assert.ok(failed <= asked / 2, `${failed} failed`);
  await allIsWell();
});

test('the process that keeps the workers is killed: all stops, and nobody is left', async () => {
  const all = descendants(vitrine.pid);
  process.kill(workers()[0].parent, 'SIGKILL');
  assert.equal(await vitrine.ended, 1);
  assert.match(vitrine.log, /the image server has stopped by itself/);
  assert.deepEqual(
    all.filter(({ pid }) => lives(pid)),
    [],
  );
});
