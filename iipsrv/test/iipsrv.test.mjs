// The real iipsrv behind the real lighttpd, with the sample images.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { killAll } from '../../test-support/processes.mjs';
import { until } from '../../test-support/until.mjs';
import { startIipsrv } from './server.mjs';

const images = join(import.meta.dirname, '../../samples/images');
const island = '/iiif/maps/island.tif';
const tile = `${island}/0,0,256,256/128,128/0/default.jpg`;
/** @type {import('./server.mjs').Iipsrv} */
let server;
/** @type {import('./server.mjs').Iipsrv['ask']} */
const ask = (path, options) => server.ask(path, options);
const workers = () => server.workers();

before(async () => {
  server = await startIipsrv(images, { count: 3 });
});

after(() => server.stop());

test('as many workers as asked for', async () => {
  await until('three workers', () => workers().length === 3);
});

for (const [what, path, method = 'GET'] of [
  ['a query', `${tile}?FIF=maps/island.tif&WID=100&CVT=jpeg`],
  ['a query on a path that is not IIIF', '/iiif/x?IIIF=maps/island.tif/full/100,/0/default.jpg'],
  ['a second command', `${island}/info.json&FIF=maps/island.tif&WID=100&CVT=jpeg`],
  ['a second command, encoded', `${island}/info.json%26FIF=maps/island.tif`],
  ['another protocol', '/fcgi-bin/iipsrv.fcgi'],
  ['the root', '/'],
  ['POST', tile, 'POST'],
  ['PUT', tile, 'PUT'],
  ['OPTIONS', tile, 'OPTIONS'],
]) {
  test(`${what} does not reach iipsrv`, async () => {
    const { status, body } = await ask(path, { method });
    assert.ok([403, 404].includes(status), String(status));
    assert.ok(!body.includes('JFIF') && !body.includes('IIPImage'));
  });
}

test('headers that iipsrv takes for formats or reads wrongly do no harm', async () => {
  const before = workers();
  const headers = { Host: 'evil', 'X-IIIF-ID': '%s%s%s%s%s%n', 'If-Modified-Since': 'garbage' };
  const answer = await ask(`${island}/info.json`, { headers });
  assert.equal(answer.status, 200);
  assert.ok(!answer.body.includes('evil') && !answer.body.includes('%s'));
  assert.deepEqual(workers(), before);
});

test('kill -9 of a worker under load: one answer at most is lost, none is half, and the next is served', async () => {
  for (let round = 0; round < 4; round++) {
    let busy = true;
    let lost = 0;
    const load = Array.from({ length: 6 }, async (_, lane) => {
      for (let count = 0; busy || count < 3; count++) {
        const { status, body } = await ask(`${island}/0,0,512,512/${300 + lane},${300 + count}/0/default.jpg`);
        if (status === 200) assertPicture(body);
        else lost += 1;
      }
    });
    const victim = workers()[round % workers().length];
    killAll([victim]);
    await until('another worker in its place', () => workers().length === 3 && !workers().includes(victim));
    busy = false;
    await Promise.all(load);
    assert.ok(lost <= 1, `${lost} answers lost`);
    assert.equal((await ask(tile)).status, 200);
  }
});

test('all workers killed at once: they come back', async () => {
  killAll(workers());
  await until('three workers again', () => workers().length === 3);
  assert.equal((await ask(tile)).status, 200);
});

test('a region that iipsrv dies of costs that answer only', async () => {
  assert.equal((await ask(`${island}/90000,0,100,100/100,100/0/default.jpg`)).status, 500);
  assert.equal((await ask(tile)).status, 200);
});

/** @param {Buffer} body */
function assertPicture(body) {
  assert.equal(body.readUInt16BE(0), 0xffd8);
  assert.equal(body.readUInt16BE(body.length - 2), 0xffd9);
}
