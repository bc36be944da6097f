// What an operator does to a running stack, and what happens to it: nothing that somebody was told is done gets lost.
// Each step takes the whole stack down and up, ten seconds or more: there is no other way to see what stays.
import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../test-support/until.mjs';
import { Client } from '../../test-support/client.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { docker, whilePaused } from './engine.mjs';
import { island, islandTile } from './samples.mjs';
import { addUser, traffic } from './traffic.mjs';

/**
 * @typedef {import('./checklist.mjs').Check} Check
 * @typedef {import('./checks.mjs').Server} Server
 * @typedef {import('./engine.mjs').Stack} Stack
 * @typedef {import('../../test-support/ask.mjs').Answer} Answer
 */

const services = ['proxy', 'auth', 'pyramids', 'image-server', 'certbot'];
const isTile = (/** @type {Answer} */ { status, body }) => status === 200 && jpegSize(body).width > 0;

/**
 * @param {Stack} stack that is running
 * @param {Server} server
 * @param {{file: string, images: string, folder: string}} room its compose file, its IMAGE_DIR, a folder for other files
 * @returns {Check[]}
 */
export function lifecycle(stack, server, { file, images, folder }) {
  const { baseUrl, email, password } = server;
  const ofIipsrv = file === 'docker-compose-iipsrv.yml';
  const old = new Client(baseUrl); // logs in once, at the very beginning
  const up = () => stack.compose('up', '--detach', '--wait');
  const ids = async () =>
    Object.fromEntries(await Promise.all(services.map(async (name) => [name, (await stack.container(name)).Id])));
  const cacheStates = async (/** @type {string} */ path) => {
    const ofTile = (await stack.log('proxy')).filter((line) => line.includes(path));
    return ofTile.map((line) => /cache=(\w*)/.exec(line)?.[1]);
  };
  const address = (/** @type {string} */ host) => `http://${host}:${new URL(baseUrl).port}${island}`;
  const usersOf = async () => (await stack.inside('auth', ['vitrine', 'user', 'list'])).text;

  /** Their places, and when each was put there. What is of a master that is gone may go at any time, and is left out. */
  const pyramids = async () => {
    const list = 'find -L /pyramids -path "/pyramids/??/*.tif" ! -type l -printf "%p %C@\\n" | sort';
    const lines = (await stack.inside('pyramids', ['sh', '-c', list])).text.split('\n');
    const whole = (/** @type {string} */ line) => line.replace(/\.reduced\.tif .*/, '.tif ');
    return lines.filter((line) => lines.some((other) => other.startsWith(whole(line)))).join('\n');
  };
  let made = '';

  /** Users, sessions, passwords, pyramids, tiles and certbot's volumes as they were before. */
  async function nothingIsLost() {
    assert.equal((await old.ask(islandTile)).status, 200, 'the session');
    // The log is written once a second.
    await until('the tile is from the cache', async () => (await cacheStates(islandTile)).at(-1) === 'HIT');
    const again = new Client(baseUrl);
    assert.ok((await again.logIn(email, password)).status < 400, 'the password');
    assert.match(await usersOf(), /kept@example\.org/);
    for (const [service, mark] of /** @type {const} */ ([
      ['certbot', '/certificates/kept.example.org.pem'],
      ['certbot', '/letsencrypt/kept'],
      ['proxy', '/certificates/kept.example.org.pem'],
    ])) {
      assert.equal((await stack.inside(service, ['test', '-e', mark])).status, 0, `${mark} in ${service}`);
    }
    assert.equal(await pyramids(), made, 'the pyramids');
  }

  return [
    {
      title: 'a folder of images that is put there appears without a restart, and goes when it is taken away',
      async run() {
        assert.ok((await old.logIn(email, password)).status < 400);
        const path = '/iiif/images/new!added.tif';
        // Rendered, so it is kept; and one that is sent as it is stored, so it is not.
        const tile = `${path}/512,512,512,512/512,/0/default.jpg`;
        const native = `${path}/512,512,256,256/256,/0/default.jpg`;
        assert.equal((await old.ask(tile)).status, 404);
        const before = await ids();
        await mkdir(join(images, 'new'));
        await copyFile(join(images, 'maps/island.tif'), join(images, 'new/added.tif'));
        const listed = await old.until('/iiif/manifests/new', ({ status }) => status === 200);
        assert.match(listed.text, /new!added/);
        const info = JSON.parse((await old.until(`${path}/info.json`, ({ status }) => status === 200)).text);
        assert.deepEqual([info.width, info.height], [4000, 3000]);
        for (const address of [tile, tile, native]) assert.ok(isTile(await old.ask(address)));
        await until('the tile is in the cache', async () => (await cacheStates(tile)).includes('HIT'));

        await rm(join(images, 'new'), { recursive: true });
        await old.until(tile, ({ status }) => status === 404);
        await old.until(native, ({ status }) => status === 404);
        await old.until(`${path}/info.json`, ({ status }) => status === 404);
        await old.until('/iiif/manifests/new', ({ status }) => status === 404);
        assert.deepEqual(await ids(), before);
      },
    },
    {
      title: 'all killed in the middle of it: every login and user that was acknowledged is there, and no half tile',
      async run() {
        const busy = traffic(stack, server);
        const { done } = busy;
        const containers = Object.values(await ids());
        try {
          await busy.begun();
          busy.aboutToBreak();
          await docker('kill', ...containers);
        } finally {
          await busy.stop();
        }
        await up();

        const users = await usersOf();
        for (const name of done.users) assert.ok(users.includes(name), `${name} in ${users}`);
        for (const visitor of done.visitors) assert.equal((await visitor.ask(islandTile)).status, 200);
        /** @type {Map<string, Buffer>} */
        const kept = new Map();
        for (const path of done.tiles.keys()) kept.set(path, (await old.ask(path)).body);
        const [first] = [...done.tiles].find(([, body]) => body !== undefined) ?? [''];
        await until('the cache was kept', async () => (await cacheStates(first)).includes('HIT'));
        const clear = 'find /run/vitrine/tiles -type f -exec rm {} +';
        assert.equal((await stack.inside('proxy', ['sh', '-c', clear])).status, 0);
        // nginx holds open what it has just sent.
        const misses = async () => (await cacheStates(first)).filter((state) => state === 'MISS').length;
        const missesBefore = await misses();
        await until('what was removed is gone', async () => {
          await old.ask(first);
          return (await misses()) > missesBefore;
        });
        for (const [path, before] of done.tiles) {
          const { status, body } = await old.ask(path);
          assert.equal(status, 200);
          const cached = kept.get(path) ?? body;
          assert.ok(body.equals(cached), `${path}: the cache had ${cached.length} bytes of ${body.length}`);
          assert.ok(body.equals(before ?? body), `${path}: other bytes than before`);
        }
      },
    },
    {
      title: 'a stop waits for the tile that is under way; every part ends by itself',
      async run() {
        await addUser(stack, 'kept@example.org');
        const marks = 'touch /certificates/kept.example.org.pem /letsencrypt/kept';
        assert.equal((await stack.inside('certbot', ['sh', '-c', marks])).status, 0);
        made = await pyramids();
        assert.match(made, /\.tif/);
        assert.equal((await old.ask(islandTile)).status, 200);
        const { Id } = await stack.container('image-server');
        // Connections with an end in the proxy's port that somebody has accepted, but for its health check's.
        const taken = async () => {
          const { text } = await stack.inside('proxy', ['cat', '/proc/net/tcp', '/proc/net/tcp6']);
          return text.split('\n').some((line) => {
            const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
            return local.endsWith(':1F90') && !/0100007F:/.test(local) && state === '01' && inode !== '0';
          });
        };
        const { asked, stopping } = await whilePaused(Id, async () => {
          const asked = old.ask(`${island}/full/900,/0/default.jpg`);
          asked.catch(() => {});
          await until('the proxy has the request', taken);
          const stopping = stack.compose('stop');
          stopping.catch(() => {});
          const another = new Client(baseUrl);
          await until('nobody else is let in', () =>
            another.ask('/auth/health').then(
              () => false,
              () => true,
            ),
          );
          return { asked, stopping };
        });
        const answer = await asked;
        assert.equal(answer.status, 200, answer.text.slice(0, 200));
        assert.deepEqual(jpegSize(answer.body), { width: 900, height: 675 });
        await stopping;
        for (const name of services) {
          const { State } = await stack.container(name);
          // Java ends with 143 when it is asked to.
          const good = name === 'image-server' && !ofIipsrv ? [0, 143] : [0];
          assert.ok(good.includes(State.ExitCode) && !State.OOMKilled, `${name}: ${State.ExitCode} ${State.Error}`);
        }
      },
    },
    {
      title: 'a newer version is built and started: new containers, the same data',
      async run() {
        const before = await ids();
        const built = ['proxy', 'auth', 'pyramids', 'certbot-image', ...(ofIipsrv ? ['image-server'] : [])];
        const newer = join(folder, 'newer.yml');
        const lines = built.map((name) => `  ${name}: { build: { labels: { vitrine.test: newer } } }\n`);
        await writeFile(newer, `services:\n${lines.join('')}`);
        await stack.composeWith([newer], 'up', '--detach', '--build', '--wait');
        const after = await ids();
        const replaced = services.filter((name) => before[name] !== after[name]);
        assert.deepEqual(replaced, ofIipsrv ? services : services.filter((name) => name !== 'image-server'));
        for (const name of replaced) {
          assert.equal((await stack.container(name)).Config.Labels['vitrine.test'], 'newer', name);
        }
        await nothingIsLost();
      },
    },
    {
      title: 'taken down, and started with another .env: what it says holds, the data are the same',
      async run() {
        await stack.compose('down');
        const project = `label=com.docker.compose.project=${stack.project}`;
        assert.equal(await docker('ps', '--all', '--quiet', '--filter', project), '');
        assert.equal(await docker('network', 'ls', '--quiet', '--filter', project), '');
        stack.settings = join(folder, 'settings');
        const lines = ['INSTITUTION="Museum of \'Things\' & more"', 'VIRTUAL_HOST=images.example.org'];
        await writeFile(stack.settings, `${lines.join('\n')}\n`);
        await up();
        await nothingIsLost();
        assert.match((await old.ask('/')).text, /Museum of (&#39;|&#x27;|')Things(&#39;|&#x27;|') &amp; more/);
        assert.equal(JSON.parse((await old.ask(`${island}/info.json`)).text)['@id'], address('images.example.org'));
      },
    },
    {
      title: 'what is changed in .env holds from the next start on, and nobody has to log in again',
      async run() {
        const before = await ids();
        await writeFile(stack.settings, 'DEMO=true\n');
        await up();
        assert.doesNotMatch((await old.ask('/')).text, /Museum/);
        assert.equal(JSON.parse((await old.ask(`${island}/info.json`)).text)['@id'], address('localhost'));
        assert.equal((await old.ask('/demo/')).status, 200);
        await nothingIsLost();
        // It starts again where a part that it needs does; its container is the same, for nothing of it has changed.
        assert.equal((await ids())['image-server'], before['image-server']);
      },
    },
  ];
}
