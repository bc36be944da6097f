// Settings that cannot work: nothing starts with them, and the log of the part that minds has one line that names the
// variable. Only that part is started.
import assert from 'node:assert/strict';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folders.mjs';
import { atEnd, digilibImage, engine, freePort, run, Stack } from './engine.mjs';

const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const folder = await temporaryFolder('refusals');
const removeStandIn = skip ? async () => {} : await digilibImage();
const [port, tlsPort] = skip ? [0, 0] : [await freePort(), await freePort()];
const running = new Set();

async function tearDown() {
  for (const stack of running) await stack.down();
  running.clear();
  await removeStandIn();
}
atEnd(tearDown);

const file = join(folder, 'file.tif');
const empty = join(folder, 'empty');
const closed = join(folder, 'closed');
const missing = join(folder, 'missing');
await writeFile(file, '');
await mkdir(empty);
await mkdir(closed, { mode: 0o000 });

const host = (VIRTUAL_HOST, more = {}) => ({ VIRTUAL_HOST, ...more });
const https = (more) => ({ VIRTUAL_HOST: 'images.example.org', VIRTUAL_HOST_PROTO: 'https', ...more });
const both = ['docker-compose-iipsrv.yml', 'docker-compose.yml'];

/** What is set, who refuses it, and its line; for both files where they have different programs for it. */
const cases = [
  ['auth', host('http://images.example.org'), /^VIRTUAL_HOST: "http:\/\/images\.example\.org": /],
  ['auth', host('images.example.org:8080'), /^VIRTUAL_HOST: "images\.example\.org:8080": /],
  ['auth', host('my_images.example.org'), /^VIRTUAL_HOST: "my_images\.example\.org": /],
  ['auth', host('a.example.org,b.example.org'), /^VIRTUAL_HOST: "a\.example\.org,b\.example\.org": /],
  [
    'auth',
    https({ VIRTUAL_HOST: '192.0.2.7', LETSENCRYPT_EMAIL: 'me@example.org' }),
    /^VIRTUAL_HOST: "192\.0\.2\.7": /,
  ],
  ['auth', https({ TRUSTED_PROXIES: '0.0.0.0/0' }), /^TRUSTED_PROXIES: /],
  ['auth', https({ LETSENCRYPT_EMAIL: 'me' }), /^LETSENCRYPT_EMAIL: /],
  ['auth', { IMAGE_DIR: file }, /^IMAGE_DIR: .*This is not a folder/],
  ['auth', { IMAGE_DIR: closed }, /^IMAGE_DIR: .*read/],
  ['proxy', https(), /^proxy: VIRTUAL_HOST_PROTO=https needs a certificate\. Set LETSENCRYPT_EMAIL /],
  ['proxy', host('http://images.example.org'), /^proxy: VIRTUAL_HOST is not usable: /],
  ['proxy', { TILE_CACHE_SIZE: 'much' }, /^proxy: TILE_CACHE_SIZE is not usable: /],
  ['certbot', https(), /^certbot: LETSENCRYPT_EMAIL is not set\. /],
  ['image-server', { IMAGE_DIR: file }, /^IMAGE_DIR.* is a file\. /, both],
  ['image-server', { IMAGE_DIR: closed }, /^IMAGE_DIR.* (may not|cannot) be read by user 33/, both],
  ['image-server', { IMAGE_WORKERS: 'many' }, /^IMAGE_WORKERS is not a /, both],
];

const linesOf = async (stack, service) => {
  const { Id } = await stack.container(service);
  return (await run('docker', ['logs', Id])).split('\n').map((line) => line.trim());
};

for (const compose of both) {
  test(compose, { skip, timeout: 10 * 60_000 }, async (t) => {
    const started = (settings) => {
      const stack = new Stack(compose, port, tlsPort);
      for (const [name, value] of Object.entries(settings)) stack.set(name, value);
      return stack;
    };
    const plain = started({});
    running.add(plain);
    try {
      await plain.compose('build', '--quiet');
      for (const [service, settings, words, files = [both[0]]] of cases) {
        if (!files.includes(compose)) continue;
        const shown = Object.entries(settings).map(([name, value]) => `${name}=${value.replace(folder, '…')}`);
        await t.test(`${service}: ${shown.join(' ')}`, async () => {
          const stack = started(settings);
          await assert.rejects(stack.compose('up', '--detach', '--wait', '--no-deps', service));
          const { State } = await stack.container(service);
          assert.ok(State.Status !== 'running' || State.Health.Status !== 'healthy', JSON.stringify(State));
          assert.equal(State.OOMKilled, false);
          const lines = await linesOf(stack, service);
          const naming = lines.filter((line) => words.test(line));
          assert.ok(naming.length > 0, lines.join('\n'));
          assert.equal(new Set(naming).size, 1, 'it is said once per start');
          assert.doesNotMatch(lines.join('\n'), /^\s+at |unbound variable|syntax error/m);
        });
      }

      await t.test('a folder that is not there: Docker names it and does not make it', async () => {
        const stack = started({ IMAGE_DIR: missing });
        for (const service of ['auth', 'image-server']) {
          const refusal = await stack.compose('up', '--detach', '--no-deps', service).then(
            () => assert.fail('it was started'),
            ({ stderr }) => stderr,
          );
          assert.ok(refusal.includes(missing), refusal);
        }
        await assert.rejects(access(missing));
      });
      if (compose !== both[0]) return;

      await t.test('an IP address, and a folder without images: both work, and the log warns of both', async () => {
        const stack = started({ VIRTUAL_HOST: '192.0.2.7', IMAGE_DIR: empty });
        await stack.compose('up', '--detach', '--wait', 'auth', 'image-server');
        const warned = (await linesOf(stack, 'auth')).filter((line) => line.includes('"level":"warn"'));
        for (const name of ['VIRTUAL_HOST', 'IMAGE_DIR']) {
          const naming = warned.filter((line) => line.includes(`"variable":"${name}"`));
          assert.equal(naming.length, 1, warned.join('\n'));
        }
      });
      await t.test('the whole stack with a wrong setting: `up` fails, and the proxy is never started', async () => {
        const stack = started(host('my_images.example.org'));
        await assert.rejects(stack.compose('up', '--detach'), ({ stderr }) => /auth/.test(stderr));
        assert.equal((await stack.container('proxy')).State.Status, 'created');
      });
      await t.test('the whole stack, https without a certificate: `up` fails and names the proxy', async () => {
        const stack = started(https());
        await assert.rejects(stack.compose('up', '--detach'), ({ stderr }) => /proxy/.test(stderr));
        assert.equal((await stack.container('certbot')).State.Status, 'created');
      });
    } finally {
      running.delete(plain);
      await plain.down();
    }
  });
}
