// ./serve as a command: where it may be, what it is told, what it refuses, what it leaves behind.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { copyClone } from '../support/clone.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { launchServe } from '../support/launch.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';

const ROOT = join(import.meta.dirname, '../..');
const SERVE = join(ROOT, 'serve');
const clone = join(await temporaryFolder('clones'), 'A clone.of it');
const pictures = join(await temporaryFolder('images'), 'my images');
await copyClone(clone);
await mkdir(join(pictures, 'box'), { recursive: true });

/** No variable of ours from outside: what is tested is where they come from. */
const bare = { PATH: process.env.PATH, HOME: process.env.HOME };

test('--help says how, and does nothing', async () => {
  for (const option of ['--help', '-h']) {
    const { code, stdout } = await runCommand(SERVE, [option]);
    assert.equal(code, 0);
    for (const word of ['--port N', '--images DIR', '--data DIR', 'Ctrl-C']) assert.ok(stdout.includes(word), word);
  }
});

for (const { parameters, says } of [
  { parameters: ['--prot', '1'], says: /unknown option --prot/ },
  { parameters: ['--port'], says: /--port needs a value/ },
  { parameters: ['--port', 'eighty'], says: /not a port: eighty/ },
  { parameters: ['--images', '/no/such/folder'], says: /there is no folder of images \/no\/such\/folder/ },
]) {
  test(`./serve ${parameters.join(' ')}: an error in one line`, async () => {
    const data = await temporaryFolder('data');
    const { code, text } = await runCommand(SERVE, ['--data', data, ...parameters]);
    assert.equal(code, 1);
    assert.match(text, says);
    assert.equal(text.trim().split('\n').length, 1, text);
  });
}

test('a wrong configuration: all that is wrong by name, an error, nothing left running', async () => {
  const wrong = {
    VIRTUAL_HOST: 'http://images.example.org/',
    TOKEN_LIFETIME: 'soon',
    MAX_WIDTH: '5',
    AUTH_SECRET_KEY: 'short',
    AUTH_PASSWORD_SALT: 'change-me-make-one-with-openssl-rand-hex-32',
    AUTH_ADMIN_USERID: 'nobody',
    PROTECT_MANIFESTS: 'perhaps',
    IMAGE_WORKERS: 'none',
    TILE_CACHE_SIZE: 'lots',
    JPEG_QUALITY: '101',
    PYRAMID_QUALITY: '0',
    PYRAMIDS_SIZE: 'all',
    PDF_DPI: 'many',
    MAX_PIXELS: '1e9',
    LOG_LEVEL: 'loud',
  };
  const parameters = ['--port', String(await freePort()), '--data', await temporaryFolder('data')];
  const { code, text } = await runCommand(SERVE, parameters, { env: { ...bare, ...wrong } });
  assert.equal(code, 1);
  for (const name of Object.keys(wrong)) assert.match(text, new RegExp(`^ +${name}: `, 'm'));
  assert.doesNotMatch(text, /Vitrine is ready|\n +at /);
});

test('a clone in a folder with a space and a dot, set up by .env alone', async (t) => {
  const port = await freePort();
  const key = 'k'.repeat(40);
  await writeFile(
    join(clone, '.env'),
    [`HTTP_PORT=${port}`, `IMAGE_DIR="${pictures}"`, "INSTITUTION='The Little Library'", `AUTH_SECRET_KEY=${key}`]
      .concat(['export AUTH_ADMIN_USERID=head@library.example # the head', 'DATA_DIR=kept', ''])
      .join('\n'),
  );
  const vitrine = await launchServe({ root: clone, env: bare });
  t.after(vitrine.stop);
  await until('the addresses', () => vitrine.log.includes(`http://localhost:${port}/iiif/manifests/`));
  const url = `http://localhost:${port}`;
  const page = await new Client(url).ask('/');
  assert.match(page.text, /The Little Library/);

  const [, password] = await until('the password', () =>
    /user +head@library\.example\s+password +(\S+)/.exec(vitrine.log),
  );
  const client = await loggedIn({ url }, { email: 'head@library.example', password });
  assert.equal((await client.ask('/iiif/images/maps!island/full/10,/0/default.jpg')).status, 404, 'not the samples');
  assert.equal((await stat(join(clone, 'kept/auth.db'))).isFile(), true);
  const files = await readdir(join(clone, 'kept'));
  assert.ok(files.includes('auth-password-salt') && !files.includes('auth-secret-key'), files.join(' '));
});

test('secrets and the password are made once; on the second start nothing is made or shown', async () => {
  const data = await temporaryFolder('data');
  const env = { AUTH_ADMIN_PASSWORD: '', AUTH_DB_CONNECTION: '' };
  const kept = () =>
    Promise.all(['auth-secret-key', 'auth-password-salt'].map((name) => readFile(join(data, name), 'utf8')));
  const first = await startServe({ data, env });
  const secrets = await kept().finally(first.stop);
  const [, password = 'none'] = /\n +password +(\S+)\n/.exec(first.log) ?? [];
  assert.equal(first.log.split(password).length, 2, 'shown once');
  for (const secret of secrets) assert.match(secret, /^[0-9a-f]{64}\n$/);
  for (const name of ['auth-secret-key', 'auth-password-salt', 'auth.db']) {
    assert.equal((await stat(join(data, name))).mode & 0o077, 0, `${name} is private`);
  }

  const second = await startServe({ data, env });
  try {
    assert.deepEqual(await kept(), secrets);
    await loggedIn(second, { email: first.admin.email, password });
  } finally {
    await second.stop();
  }
  assert.doesNotMatch(second.log, /password/);
  const access = await readFile(join(data, 'run/access.log'), 'utf8');
  for (const secret of [password, ...secrets.map((one) => one.trim())]) assert.ok(!access.includes(secret));
});

test('two at once: each on its own port and data; a third on either is refused in one line', async () => {
  const [one, two] = await Promise.all([startServe(), startServe()]);
  after(() => Promise.all([one.stop(), two.stop()]));
  const clients = await Promise.all([one, two].map((each) => loggedIn(each, each.admin)));
  const tile = '/iiif/images/maps!island/full/100,/0/default.jpg';
  for (const client of clients) assert.equal((await client.ask(tile)).status, 200);
  await assert.rejects(loggedIn(one, two.admin), /401/);

  const { port } = new URL(one.url);
  for (const { parameters, says } of [
    {
      parameters: ['--port', port, '--data', await temporaryFolder('data')],
      says: new RegExp(`port ${port} is taken. Choose another one`),
    },
    {
      parameters: ['--port', String(await freePort()), '--data', one.data],
      says: /another \.\/serve uses the data folder/,
    },
  ]) {
    const { code, text } = await runCommand(SERVE, parameters, { env: one.env });
    assert.equal(code, 1);
    assert.match(text, says);
    assert.equal(text.trim().split('\n').length, 1, text);
  }
  await one.stop();
  assert.equal((await clients[1].ask(tile)).status, 200, 'the other one goes on');
  await two.stop();
});
