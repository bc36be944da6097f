// ./serve writes into its clone and its data folder, and nowhere else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { descendants, pidOf } from '../../test-support/processes.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** Where programs leave things. */
const WATCHED = ['/etc', '/home', '/opt', '/root', '/run', '/srv', '/tmp', '/usr', '/var'];
const DATA = '/var/opt/vitrine-data';

/**
 * In a mount namespace of its own each folder gets a layer that takes up what is written to it. So what others write at
 * the same time is not seen, and everything is gone with the namespace.
 */
const SCRIPT = `
set -euo pipefail
root=$1 port=$2 data=$3
shift 3
layers=/mnt
mount -t tmpfs none "$layers"
for folder; do
  mkdir -p "$layers$folder"/{upper,work}
  mount -t overlay overlay -o "lowerdir=$folder,upperdir=$layers$folder/upper,workdir=$layers$folder/work" "$folder"
done
"$root/serve" --port "$port" --data "$data" >&2
cd "$layers"
find . -path '*/upper/*' ! -type d -printf 'written: /%P\\n' | sed 's|/upper/|/|'
`;

const mayMount = (await runCommand('unshare', ['--mount', 'true']).catch(() => ({ code: 1 }))).code === 0;

test('what ./serve writes', { skip: mayMount ? false : 'only root may see what is written where' }, async () => {
  const port = await freePort();
  const env = {
    ...process.env,
    VIRTUAL_HOST: 'localhost',
    VIRTUAL_HOST_PROTO: 'http',
    AUTH_DB_CONNECTION: '',
    AUTH_ADMIN_USERID: 'admin@localhost',
    AUTH_ADMIN_PASSWORD: 'long enough for this',
  };
  const child = spawn('unshare', ['--mount', 'bash', '-c', SCRIPT, 'bash', ROOT, String(port), DATA, ...WATCHED], {
    env,
  });
  after(() => child.kill('SIGKILL'));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += String(text)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await until('./serve to be ready', () => log.includes('Ctrl-C stops it') || child.exitCode !== null, 120);
  assert.equal(child.exitCode, null, log);

  const url = `http://localhost:${port}`;
  const visitor = await loggedIn({ url }, { email: env.AUTH_ADMIN_USERID, password: env.AUTH_ADMIN_PASSWORD });
  assert.equal((await visitor.ask('/iiif/images/maps!sky/full/full/0/default.jpg')).status, 200);
  assert.equal((await visitor.ask('/auth/admin/')).status, 200);

  const [serve] = descendants(pidOf(child));
  process.kill(serve.pid, 'SIGTERM');
  assert.equal(await ended, 0, log);
  const written = [...log.matchAll(/^written: (.*)$/gm)].map(([, file]) => file);
  assert.ok(
    written.some((file) => file.startsWith(`${DATA}/run/tiles/`)),
    log,
  );
  const elsewhere = written.filter((file) => !file.startsWith(`${DATA}/`) && !file.startsWith(`${ROOT}/`));
  assert.deepEqual(elsewhere, []);
});

test('the log of accesses has a bound: a new one is begun, and the last two are kept', async () => {
  const data = await temporaryFolder('data');
  const log = join(data, 'run/access.log');
  await mkdir(dirname(log));
  const full = 'x'.repeat(99).concat('\n').repeat(100_001);
  for (const name of [log, `${log}.1`, `${log}.2`]) await writeFile(name, `${name.slice(-1)}\n${full}`);
  const vitrine = await startServe({ data });
  after(vitrine.stop);
  // One is renamed after the other, and nginx makes the new one: between two steps any of them may be missing.
  const textOf = (/** @type {string} */ file) => readFile(file, 'utf8').catch(() => '');
  await until(
    'the two before it',
    async () => (await textOf(`${log}.1`))[0] === 'g' && (await textOf(`${log}.2`))[0] === '1',
  );
  await until('the next request in it', async () => {
    await new Client(vitrine.url).ask('/iiif/manifests/maps');
    return (await textOf(log)).includes('/iiif/manifests/maps');
  });
  assert.ok((await textOf(log)).length < full.length);
  assert.deepEqual((await readdir(join(data, 'run'))).filter((name) => name.startsWith('access')).sort(), [
    'access.log',
    'access.log.1',
    'access.log.2',
  ]);
});
