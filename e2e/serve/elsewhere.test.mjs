// ./serve on other people's machines: what they export, what is not in their PATH, what they may not do.
import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { copyClone } from '../support/clone.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { launchServe } from '../support/launch.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { freePort } from '../../test-support/ports.mjs';

const ROOT = join(import.meta.dirname, '../..');
const around = await temporaryFolder('around');
const clone = join(around, 'vitrine');
await copyClone(clone);
const tile = '/iiif/images/maps!island/full/100,/0/default.jpg';
const account = { email: 'admin@localhost', password: 'long enough for this' };
const bare = {
  PATH: process.env.PATH,
  AUTH_ADMIN_USERID: account.email,
  AUTH_ADMIN_PASSWORD: account.password,
};
const root = process.getuid?.() === 0 ? {} : { skip: 'only root may become another user' };

/**
 * Another PATH with the programs of this one but some.
 * @param {string[]} names
 */
async function pathWithout(...names) {
  const folder = await temporaryFolder('path');
  for (const from of (process.env.PATH ?? '').split(delimiter).filter((part) => !part.includes('node_modules'))) {
    for (const name of await readdir(from).catch(() => [])) {
      if (!names.includes(name)) await symlink(join(from, name), join(folder, name)).catch(() => undefined);
    }
  }
  return folder;
}

/**
 * Starts the clone from the folder that it is in, by its relative name.
 * @param {NodeJS.ProcessEnv} env
 */
async function start(env) {
  const port = await freePort();
  const data = await temporaryFolder('data');
  const launched = await launchServe({
    root: clone,
    command: ['bash', '-c', 'cd "$1" && shift && exec "$@"', 'bash', around, 'vitrine/serve'],
    parameters: ['--port', String(port), '--data', data],
    env: { ...bare, ...env },
  });
  after(launched.stop);
  return { url: `http://localhost:${port}` };
}

/**
 * @param {string[]} parameters
 * @param {string[]} [as] what starts it
 * @returns {Promise<string>} the one line that it writes when it refuses to start
 */
async function refused(parameters, as = []) {
  const [command, ...rest] = [...as, join(clone, 'serve'), ...parameters];
  const { code, text } = await runCommand(command, rest, { env: bare });
  assert.equal(code, 1, text);
  assert.equal(text.trim().split('\n').length, 1, text);
  return text;
}

test('a shell whose options and variables are exported, a PATH without npm, a proxy for everything of node', async () => {
  const { url } = await start({
    PATH: await pathWithout('npm', 'npx', 'node'),
    CDPATH: `.:${around}:${clone}`,
    SHELLOPTS: 'braceexpand:noglob:noclobber',
    BASHOPTS: 'nocasematch:failglob',
    GLOBIGNORE: '*',
    HTTP_PROXY: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
    NODE_USE_ENV_PROXY: '1',
    NODE_OPTIONS: '--no-warnings',
  });
  const visitor = await loggedIn({ url }, account);
  assert.equal((await visitor.ask(tile)).status, 200);
});

for (const command of ['serve', 'vitrine', 'test']) {
  test(`${command} is found with CDPATH exported, from the folder around the clone`, async () => {
    const cwd = dirname(ROOT);
    const env = { ...bare, CDPATH: `.:${cwd}`, DATA_DIR: await temporaryFolder('data') };
    const { code, text } = await runCommand(`${basename(ROOT)}/${command}`, ['--help'], { env, cwd });
    assert.equal(code, 0, text);
    assert.match(text, /^Usage: |vitrine user list/m);
  });
}

test('a data folder on a disk that is read-only, or of somebody else', root, async () => {
  const data = await temporaryFolder('data');
  const says = await refused(['--data', join(data, 'new')], ['setpriv', '--reuid=65534', '--clear-groups']);
  assert.match(says, /nobody cannot write to the data folder \S+\/new\. Give that user the permission, or choose/);

  const readOnly = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs -o ro none "$1"; shift; exec "$@"', 'sh', data];
  assert.match(await refused(['--data', data], readOnly), /root cannot write to the data folder/);
});

test('a port that is not for this user', root, async () => {
  const data = await temporaryFolder('data');
  await chmod(data, 0o777);
  const as = ['setpriv', '--reuid=65534', '--clear-groups'];
  const says = await refused(['--data', data, '--port', '81'], as);
  assert.match(says, /nobody may not listen on port 81\. Choose one above 1023: --port/);
  // root is not always almighty.
  const weak = ['setpriv', '--bounding-set=-net_bind_service', '--inh-caps=-net_bind_service'];
  assert.match(await refused(['--data', data, '--port', '81'], weak), /root may not listen on port 81/);
});

test('a folder that www-data may not enter: an error that names it, never workers of root', root, async () => {
  const closed = await temporaryFolder('closed');
  const inner = join(closed, 'a b', 'inner');
  await mkdir(inner, { recursive: true });
  await chmod(join(closed, 'a b'), 0o700);
  const data = await temporaryFolder('data');
  for (const parameters of [
    ['--images', inner, '--data', data],
    ['--data', inner],
  ]) {
    const says = await refused(parameters);
    assert.match(says, /www-data may not enter \S+\/a b, and the image server and nginx run as www-data\./);
    assert.match(says, /chmod a\+rx|--images|--data/);
  }
  const weak = ['setpriv', '--bounding-set=-setuid', '--inh-caps=-setuid'];
  assert.match(await refused(['--data', data], weak), /root may not become www-data here/);
});

for (const { what, content, says } of [
  {
    what: 'in UTF-16',
    content: Buffer.from('\ufeffDEMO=true\n', 'utf16le'),
    says: /\.env is written in UTF-16\. Save it as UTF-8/,
  },
  {
    what: 'with the quotation marks of a text editor',
    content: 'INSTITUTION=“Library”\n',
    says: /line 1: the quotation marks of INSTITUTION/,
  },
]) {
  test(`.env ${what}: an error in one line`, async () => {
    await writeFile(join(clone, '.env'), content);
    try {
      assert.match(await refused([]), says);
    } finally {
      await rm(join(clone, '.env'));
    }
  });
}
