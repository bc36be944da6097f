// digilib/start, on the stand-in's copy of the folders of the official image.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ask } from '../../test-support/ask.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { until } from '../../test-support/until.mjs';
import { settings } from './settings.mjs';

const here = import.meta.dirname;
// Root may read and write everything, so that nothing would be shown.
/** @type {{uid?: number, gid?: number}} */
const user = process.getuid?.() === 0 ? { uid: 33, gid: 33 } : {};
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
let folder = '';
let home = '';
let base = '';
let pyramids = '';

/** Where nobody may write: the image, and the folder with the script. */
const readOnly = () => [home, join(folder, 'digilib')];

/**
 * @param {string} path
 * @param {{write: boolean}} what
 */
function allow(path, { write }) {
  for (const entry of [
    path,
    ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)),
  ]) {
    chmodSync(entry, write ? 0o755 : 0o555);
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digilib start-'));
  chmodSync(folder, 0o755);
  home = join(folder, 'tomcat');
  base = join(folder, 'run');
  pyramids = join(folder, 'pyramids');
  cpSync(join(here, 'tomcat'), home, { recursive: true });
  cpSync(join(here, '../../digilib'), join(folder, 'digilib'), { recursive: true });
  mkdirSync(pyramids);
  mkdirSync(base);
  if (user.uid && user.gid) chownSync(base, user.uid, user.gid);
});

afterEach(() => {
  for (const path of readOnly()) allow(path, { write: true });
  chmodSync(pyramids, 0o755);
  rmSync(folder, { recursive: true });
});

/** In the place of Tomcat: says how it was called. */
function stubTomcat() {
  writeFileSync(join(home, 'bin/catalina.sh'), '#!/bin/sh\npwd\necho "$*"\nenv | grep ^CATALINA_\n');
}

/**
 * @param {Record<string, string>} [variables]
 * @param {{uid?: number, gid?: number}} [options] as whom
 */
function start(variables = {}, options = user) {
  for (const path of readOnly()) allow(path, { write: false });
  const env = { PATH, CATALINA_HOME: home, RUN_DIR: base, PYRAMIDS_DIR: pyramids, ...variables };
  const child = spawn(join(folder, 'digilib/start'), { env, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Promise<number | null>} */
  const end = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const result = { child, said: '', end };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      result.said += text;
    });
  return result;
}

/**
 * @param {Record<string, string>} variables
 * @param {RegExp} message
 */
async function refused(variables, message) {
  stubTomcat();
  const run = start(variables);
  assert.equal(await run.end, 1, run.said);
  assert.match(run.said.trimEnd(), message);
  assert.equal(run.said.trimEnd().split('\n').length, 1, run.said);
}

test('Tomcat runs from its own base, as nobody in particular, on an image that cannot be written', async () => {
  stubTomcat();
  const run = start({ CATALINA_OPTS: '-Xmx1g' });
  assert.equal(await run.end, 0, run.said);
  const [directory, command, ...variables] = run.said.trimEnd().split('\n');
  assert.deepEqual([directory, command], [base, 'run']);
  const environment = Object.fromEntries(variables.map((line) => line.split(/=(.*)/s, 2)));
  assert.equal(environment['CATALINA_HOME'], home);
  assert.equal(environment['CATALINA_BASE'], base);
  assert.equal(environment['CATALINA_TMPDIR'], join(base, 'temp'));
  assert.match(environment['CATALINA_OPTS'], /-XX:\+ExitOnOutOfMemoryError .*-Xmx1g$/);
});

test('digilib gets its settings, and of its pages none', async () => {
  stubTomcat();
  assert.equal(await start({ IMAGE_WORKERS: '7' }).end, 0);
  assert.deepEqual(settings(base), {
    'basedir-list': pyramids,
    'iiif-prefix': 'vitrine-images',
    'worker-threads': '7',
    'max-waiting-threads': '500',
    'sendfile-allowed': 'false',
  });
  assert.deepEqual(readdirSync(join(base, 'webapps/digilib')).sort(), ['WEB-INF', 'img']);
  assert.ok(existsSync(join(base, 'webapps/digilib/WEB-INF/lib/digilib.txt')));
});

test('Tomcat gets a server without a log of requests and without a port that stops it', async () => {
  stubTomcat();
  assert.equal(await start().end, 0);
  const server = readFileSync(join(base, 'conf/server.xml'), 'utf8');
  assert.match(server, /<Server port="-1">/);
  assert.ok(!server.includes('AccessLogValve'));
  assert.ok(!readFileSync(join(base, 'conf/logging.properties'), 'utf8').includes('FileHandler'));
});

test('started again on the same base, it is as it was', async () => {
  stubTomcat();
  assert.equal(await start({ IMAGE_WORKERS: '2' }).end, 0);
  assert.equal(await start({ IMAGE_WORKERS: '' }).end, 0);
  assert.equal(settings(base)['worker-threads'], '4');
  assert.deepEqual(readdirSync(join(base, 'webapps/digilib')).sort(), ['WEB-INF', 'img']);
});

for (const workers of ['0', '08', 'all', '257', '4"/>', '99999999999999999999']) {
  test(`IMAGE_WORKERS=${workers}`, () => refused({ IMAGE_WORKERS: workers }, /^IMAGE_WORKERS is not a whole number/));
}

test('a volume that is not there', () =>
  refused({ PYRAMIDS_DIR: join(folder, 'nowhere') }, /^the folder of pyramids, .*nowhere, is not there/));

for (const mode of [0o700, 0o744]) {
  test(`a volume that others may not enter (${mode.toString(8)})`, async () => {
    chmodSync(pyramids, user.uid ? mode : mode & 0o077);
    await refused({}, /^the folder of pyramids, .* cannot be entered by user \d+, /);
  });
}

for (const part of ['bin/catalina.sh', 'conf/web.xml', 'conf/catalina.properties', 'webapps/digilib/WEB-INF/lib']) {
  test(`an image without ${part}`, async () => {
    stubTomcat();
    rmSync(join(home, part), { recursive: true });
    const run = start();
    assert.equal(await run.end, 1);
    assert.match(run.said, /cannot be read: this is not the image of digilib in docker-compose\.yml\.\n$/);
  });
}

test('nowhere to write', async () => {
  rmSync(base, { recursive: true });
  await refused({}, /cannot be written by user \d+: docker-compose\.yml has a tmpfs there\.$/);
});

test('the stand-in answers with these settings, and ends when told to', async () => {
  const port = await freePort();
  const file = join(folder, 'digilib/server.xml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"8080"', `"${port}"`));
  const replay = readdirSync(here).filter((name) => name.endsWith('.mjs') && !name.endsWith('.test.mjs'));
  mkdirSync(join(home, 'lib'));
  for (const name of replay) cpSync(join(here, name), join(home, 'lib', name));
  cpSync(join(here, '../fixtures/digilib'), join(home, 'fixtures/digilib'), { recursive: true });

  const run = start({}, {}); // another user may not be allowed to run this node
  try {
    const headers = { 'If-Modified-Since': 'Tue, 19 Jan 2038 03:14:07 GMT' }; // as the health check asks
    const status = async (/** @type {string} */ path) =>
      (await ask(`http://127.0.0.1:${port}`, path, { headers })).status;
    await until('the stand-in', () => run.said.includes('digilib replay:') || run.child.exitCode !== null);
    assert.match(run.said, / 4 workers\n$/);
    assert.equal(await status('/digilib/Scaler/vitrine-images/health/full/2,/0/default.jpg'), 304);
    assert.equal(await status('/digilib/Scaler/IIIF/health/full/2,/0/default.jpg'), 200); // the picture of an error
    assert.match(run.said, / 4 workers\n$/); // not a word about it
  } finally {
    run.child.kill();
  }
  assert.equal(await run.end, 0, run.said);
});
