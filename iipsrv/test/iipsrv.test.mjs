// The real iipsrv behind the real lighttpd, with the sample images.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const images = join(import.meta.dirname, '../../samples/images');
const island = '/iiif/maps/island.tif';
const tile = `${island}/0,0,256,256/128,128/0/default.jpg`;
const runDirectory = mkdtempSync(join(tmpdir(), 'vitrine iipsrv-'));
let server;
let port;

before(async () => {
  port = await freePort();
  const env = {
    PATH: `${process.env.PATH}:/usr/sbin`,
    IMAGE_DIR: images,
    IMAGE_SERVER_BIND: '127.0.0.1',
    IMAGE_SERVER_PORT: String(port),
    IMAGE_WORKERS: '3',
    RUN_DIR: runDirectory,
  };
  server = spawn(join(import.meta.dirname, '../start'), { env, stdio: 'ignore' });
  await until(async () => (await ask(tile).catch(() => undefined))?.status === 200);
});

after(async () => {
  const running = [...workers()];
  server.kill();
  await new Promise((resolve) => server.once('exit', resolve));
  await until(() => running.every((pid) => !lives(pid)));
  rmSync(runDirectory, { recursive: true });
});

test('as many workers as asked for', () => until(() => workers().length === 3));

test('names with spaces and umlauts, encoded twice', async () => {
  const twice = (text) => encodeURIComponent(encodeURIComponent(text));
  const answer = await ask(`/iiif/${twice('Fotos Köln')}/page2.tif/full/100,/0/default.jpg`);
  assert.equal(answer.status, 200);
  assertPicture(answer.body);
  const info = await ask(`/iiif/${twice('Fotos Köln')}/page10.jp2/info.json`);
  assert.ok(JSON.parse(info.body.toString()).width > 0);
});

for (const [what, path, options] of [
  ['a query', `${tile}?FIF=maps/island.tif&WID=100&CVT=jpeg`],
  ['a query on a path that is not IIIF', '/iiif/x?IIIF=maps/island.tif/full/100,/0/default.jpg'],
  ['a second command', `${island}/info.json&FIF=maps/island.tif&WID=100&CVT=jpeg`],
  ['a second command, encoded', `${island}/info.json%26FIF=maps/island.tif`],
  ['another protocol', '/fcgi-bin/iipsrv.fcgi'],
  ['the root', '/'],
  ['POST', tile, { method: 'POST' }],
  ['PUT', tile, { method: 'PUT' }],
  ['OPTIONS', tile, { method: 'OPTIONS' }],
]) {
  test(`${what} does not reach iipsrv`, async () => {
    const { status, body } = await ask(path, options);
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
    process.kill(victim, 'SIGKILL');
    await until(() => workers().length === 3 && !workers().includes(victim));
    busy = false;
    await Promise.all(load);
    assert.ok(lost <= 1, `${lost} answers lost`);
    assert.equal((await ask(tile)).status, 200);
  }
});

test('all workers killed at once: they come back', async () => {
  for (const pid of workers()) process.kill(pid, 'SIGKILL');
  await until(() => workers().length === 3);
  assert.equal((await ask(tile)).status, 200);
});

test('a region that iipsrv dies of costs that answer only', async () => {
  assert.equal((await ask(`${island}/90000,0,100,100/100,100/0/default.jpg`)).status, 500);
  assert.equal((await ask(tile)).status, 200);
});

function assertPicture(body) {
  assert.equal(body.readUInt16BE(0), 0xffd8);
  assert.equal(body.readUInt16BE(body.length - 2), 0xffd9);
}

/** Process ids of the iipsrv processes below this lighttpd. */
function workers() {
  const family = new Set([server.pid]);
  const found = [];
  for (const entry of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b)) {
    const stat = stats(entry);
    if (!stat || !family.has(stat.parent)) continue;
    family.add(entry);
    if (stat.name === 'iipsrv.fcgi' && stat.state !== 'Z') found.push(entry);
  }
  return found;
}

function stats(pid) {
  try {
    const [, name, state, parent] = /\((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return { name, state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

function lives(pid) {
  const stat = stats(pid);
  return stat !== undefined && stat.state !== 'Z';
}

function ask(path, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end();
  });
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

async function until(condition) {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing happened within fifteen seconds');
}
