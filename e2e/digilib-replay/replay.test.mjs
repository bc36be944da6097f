import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dimensions } from './dimensions.mjs';
import { digilib } from './server.mjs';

const samples = join(import.meta.dirname, '../../samples/images');
const scaler = '/digilib/Scaler/vitrine-images';
let folder;
let server;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const root = join(folder, 'images/root');
  mkdirSync(join(folder, 'images'));
  cpSync(samples, root, { recursive: true });
  writeFileSync(join(root, 'maps/zz-broken.tif'), '');
  server = digilib({ root, prefix: 'vitrine-images', places: 4, delay: 20 });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** Asks with the path exactly as written: fetch would tidy it up. */
function get(path, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.address().port, path, method, headers, agent: false };
    const sent = request(options, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const { statusCode: status, statusMessage, headers } = response;
        resolve({ status, statusMessage, headers, body: Buffer.concat(parts) });
      });
    });
    sent.on('error', reject).end();
  });
}

/** Writes a picture to disk and reads its size back. */
function sizeOf(picture) {
  const file = join(folder, 'picture');
  writeFileSync(file, picture);
  return dimensions(file);
}

test('info.json has the true size and digilib’s shape', async () => {
  const answer = await get(`${scaler}/Fotos%20K%C3%B6ln!page2.tif/info.json`);
  assert.equal(answer.status, 200);
  assert.equal(answer.statusMessage, '');
  assert.equal(answer.headers['content-type'], 'application/json;charset=UTF-8');
  assert.equal(answer.headers['transfer-encoding'], 'chunked');
  assert.equal(answer.headers['access-control-allow-origin'], undefined);
  const info = JSON.parse(answer.body);
  assert.deepEqual(
    [info.width, info.height, info.tiles],
    [3000, 2000, [{ width: 256, height: 256, scaleFactors: [1] }]],
  );
  assert.match(info['@id'], /\/digilib\/Scaler\/vitrine-images\/Fotos%20K%C3%B6ln!page2\.tif$/);
});

test('a JPEG 2000 file has its own tiles, and a script gets a CORS header', async () => {
  const answer = await get(`${scaler}/maps!sky/info.json`, { headers: { Origin: 'https://viewer.example' } });
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  const info = JSON.parse(answer.body);
  assert.deepEqual([info.width, info.height, info.tiles[0].width], [2800, 2000, 512]);
});

for (const [parameters, width, height] of [
  ['0,0,512,512/512,/0/default.jpg', 512, 512],
  ['3840,2816,256,256/160,184/0/default.jpg', 160, 184],
  ['full/200,/90/gray.jpg', 150, 200],
  ['full/!300,300/!0/default.png', 300, 225],
  ['pct:0,0,50,50/max/0/color.png', 2000, 1500],
]) {
  test(`${parameters} is a picture of ${width} by ${height}`, async () => {
    const answer = await get(`${scaler}/maps!island.tif/${parameters}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], parameters.endsWith('png') ? 'image/png' : 'image/jpeg');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['content-length'], undefined);
    assert.deepEqual(sizeOf(answer.body), { width, height });
  });
}

for (const [what, path, status, body] of [
  ['no such file', `${scaler}/maps!nothing/info.json`, 404, /Image file not found/],
  ['no such folder', `${scaler}/nowhere!island/full/200,/0/default.jpg`, 404, /Image file not found/],
  ['a region that is none', `${scaler}/maps!island/abc/200,/0/default.jpg`, 400, /Error parsing range parameter/],
  ['a region outside', `${scaler}/maps!island/90000,0,9,9/9,/0/default.jpg`, 400, /Other image error/],
  ['a size of nothing', `${scaler}/maps!island/full/0,/0/default.jpg`, 400, /Other image error/],
  ['a format it does not write', `${scaler}/maps!island/full/200,/0/default.gif`, 400, /Invalid format/],
  ['an escaped slash', `${scaler}/maps%2Fisland/info.json`, 400, /noSlash/],
  ['an escaped backslash', `${scaler}/maps%5Cisland/info.json`, 400, /Invalid URI/],
  ['an escaped zero', `${scaler}/maps!island%00.jpg/info.json`, 400, /Invalid URI/],
  ['an empty identifier', `${scaler}//info.json`, 500, /java\.lang\.NullPointerException/],
  ['a bad escape within an escape', `${scaler}/maps!isl%25zz/info.json`, 500, /Exception/],
  ['a way out of the folder', `${scaler}/maps!..!maps!island/info.json`, 200, /^$/],
  ['a file it cannot decode', `${scaler}/maps!zz-broken.tif/full/200,/0/default.jpg`, 200, /^$/],
]) {
  test(`${what}: ${status}`, async () => {
    const answer = await get(path);
    assert.equal(answer.status, status);
    assert.match(answer.body.toString(), body);
    if (status === 400 || status === 500) assert.equal(answer.headers.connection, 'close');
  });
}

for (const alias of ['maps', 'maps!island.xyz', 'maps!!island', '.!maps!island', 'maps%21island', 'maps%252Fisland']) {
  test(`${alias} is the island too`, async () => {
    const answer = await get(`${scaler}/${alias}/info.json`);
    assert.deepEqual([answer.status, JSON.parse(answer.body).width], [200, 4000]);
  });
}

test('a plus sign is a space', async () => {
  const answer = await get(`${scaler}/Fotos+K%C3%B6ln!page10/info.json`);
  assert.equal(JSON.parse(answer.body).height, 2800);
});

test('one level above the folder is in reach', async () => {
  writeFileSync(join(folder, 'images/beside.tif'), '');
  const answer = await get(`${scaler}/%252E%252E/full/200,/0/default.jpg`);
  assert.deepEqual([answer.status, answer.body.length], [200, 0]);
});

test('what is not IIIF is a picture of an error, with status 200', async () => {
  const answer = await get('/digilib/Scaler?fn=maps/island');
  assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'image/png']);
  assert.deepEqual(sizeOf(answer.body), { width: 64, height: 64 });
});

test('If-Modified-Since is answered before the file is looked for', async () => {
  const headers = { 'If-Modified-Since': new Date().toUTCString() };
  const answer = await get(`${scaler}/maps!nothing/full/200,/0/default.jpg`, { headers });
  assert.equal(answer.status, 304);
});

test('more at once than there are places: 503', async () => {
  const path = `${scaler}/maps!island/full/100,/0/default.jpg`;
  const answers = await Promise.all(Array.from({ length: 12 }, () => get(path)));
  const count = (status) => answers.filter((answer) => answer.status === status).length;
  assert.ok(count(503) > 0 && count(200) >= 4 && count(200) + count(503) === 12, `${count(200)} × 200`);
  assert.equal((await get(path)).status, 200);
});

test('methods', async () => {
  const path = `${scaler}/maps!island/info.json`;
  assert.equal((await get(path, { method: 'OPTIONS' })).headers.allow, 'GET, HEAD, POST, OPTIONS');
  assert.equal((await get(path, { method: 'PUT' })).status, 405);
  assert.equal((await get(path, { method: 'HEAD' })).body.length, 0);
});
