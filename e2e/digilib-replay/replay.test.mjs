import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ask } from '../../test-support/ask.mjs';
import { jpegSize, pngSize } from '../../test-support/pictureSize.mjs';
import { close, listen } from '../../test-support/servers.mjs';
import { digilib } from './server.mjs';

const samples = join(import.meta.dirname, '../../samples/images');
const scaler = '/digilib/Scaler/vitrine-images';
const island = `${scaler}/ab!island-0.tif`;
let root = '';
/** @type {import('node:http').Server} */
let server;
let base = '';

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'replay-'));
  for (const folder of ['ab', 'cd']) mkdirSync(join(root, folder));
  copyFileSync(join(samples, 'maps/island.tif'), join(root, 'ab/island-0.tif'));
  writeFileSync(join(root, 'ab/island-0.json'), '{}');
  symlinkSync(join(samples, 'maps/sky.jp2'), join(root, 'cd/sky-0.jp2'));
  writeFileSync(join(root, 'cd/broken-0.tif'), '');
  writeFileSync(join(root, 'cd/huge-0.tif'), 'II+\0');
  server = digilib({ root, prefix: 'vitrine-images', places: 4 });
  base = `http://127.0.0.1:${await listen(server)}`;
});

after(async () => {
  await close(server);
  rmSync(root, { recursive: true });
});

/** @type {(path: string, asking?: import('../../test-support/ask.mjs').Asking) => ReturnType<typeof ask>} */
const get = (path, asking) => ask(base, path, asking);

for (const [address, width, height] of /** @type {const} */ ([
  ['ab!island-0.tif/0,0,512,512/512,512/0/default.jpg', 512, 512],
  ['ab!island-0.tif/3840,2816,256,256/160,184/0/default.jpg', 160, 184],
  ['ab!island-0.tif/full/200,150/90/gray.png', 150, 200],
  ['ab!island-0.tif/full/300,225/!0/color.png', 300, 225],
  ['cd!sky-0.jp2/full/280,200/0/bitonal.jpg', 280, 200],
])) {
  test(`${address} is a picture of ${width} by ${height}`, async () => {
    const answer = await get(`${scaler}/${address}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.statusMessage, '');
    const isPng = address.endsWith('png');
    assert.equal(answer.headers['content-type'], isPng ? 'image/png' : 'image/jpeg');
    assert.equal(answer.headers['transfer-encoding'], 'chunked');
    assert.deepEqual((isPng ? pngSize : jpegSize)(answer.body), { width, height });
  });
}

for (const [what, path, status, body] of /** @type {const} */ ([
  ['no such file', `${scaler}/ab!nothing-0.tif/full/20,20/0/default.jpg`, 404, /Image file not found/],
  ['no such folder', `${scaler}/ff!island-0.tif/full/20,20/0/default.jpg`, 404, /Image file not found/],
  ['a region that is none', `${island}/abc/20,20/0/default.jpg`, 400, /Error parsing range parameter/],
  ['a region outside', `${island}/90000,0,9,9/9,9/0/default.jpg`, 400, /Other image error/],
  ['a size of nothing', `${island}/full/0,0/0/default.jpg`, 400, /Other image error/],
  ['a side of one pixel', `${island}/full/1,300/0/default.jpg`, 400, /Other image error/],
  ['a format it does not write', `${island}/full/20,20/0/default.gif`, 400, /Invalid format/],
  ['a file it cannot decode', `${scaler}/cd!broken-0.tif/full/20,20/0/default.jpg`, 200, /^$/],
  ['a BigTIFF', `${scaler}/cd!huge-0.tif/full/20,20/0/default.jpg`, 200, /^$/],
])) {
  test(`${what}: ${status}`, async () => {
    const answer = await get(path);
    assert.equal(answer.status, status);
    assert.match(answer.body.toString(), body);
    if (status === 400) assert.equal(answer.headers.connection, 'close');
  });
}

for (const alias of ['ab', 'ab!island-0', 'ab!island-0.jp2', 'ab!!island-0.tif', 'ab%21island-0.tif']) {
  test(`${alias} is the island too`, async () => {
    assert.equal((await get(`${scaler}/${alias}/3500,2500,500,500/50,50/0/default.jpg`)).status, 200);
  });
}

test('what is not IIIF is a picture of an error, with status 200', async () => {
  const answer = await get('/digilib/Scaler?fn=ab/island-0');
  assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'image/png']);
  assert.deepEqual(pngSize(answer.body), { width: 64, height: 64 });
});

test('If-Modified-Since is answered before the file is looked for, where there is its folder', async () => {
  const headers = { 'If-Modified-Since': new Date().toUTCString() };
  const status = async (/** @type {string} */ id) =>
    (await get(`${scaler}/${id}/full/2,/0/default.jpg`, { headers })).status;
  assert.deepEqual([await status('ab!nothing'), await status('health')], [304, 304]);
  assert.equal(await status('nowhere!nothing'), 404);
});

test('a gray JPEG is nothing at all, in chunks', async () => {
  const answer = await get(`${island}/full/200,150/90/gray.jpg`);
  assert.deepEqual([answer.status, answer.body.length], [200, 0]);
  assert.equal(answer.headers['content-type'], 'image/jpeg');
  assert.equal(answer.headers['transfer-encoding'], 'chunked');
});

test('more at once than there are places: 503', async () => {
  const path = `${island}/full/100,75/0/default.jpg`;
  const answers = await Promise.all(Array.from({ length: 12 }, () => get(path)));
  const count = (/** @type {number} */ status) => answers.filter((answer) => answer.status === status).length;
  assert.ok(count(503) > 0 && count(200) >= 4 && count(200) + count(503) === 12, `${count(200)} × 200`);
  assert.equal((await get(path)).status, 200);
});
