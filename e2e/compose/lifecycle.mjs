// What an operator does to a running stack, and what happens to it: nothing that somebody was told is done gets lost.
import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/until.mjs';
import { Client, jpegSize } from './client.mjs';
import { inContainer, run } from './engine.mjs';
import { island, islandTile } from './samples.mjs';

const services = ['proxy', 'auth', 'image-server', 'certbot'];
const fresh = (x, y) => `${island}/${x},${y},96,96/96,96/0/default.jpg`;
const isTile = ({ status, body }) => status === 200 && jpegSize(body).width > 0;

/** Logins, new users and tiles, one after the other of each kind, until it is stopped. Lists what was acknowledged. */
function traffic(stack, { baseUrl, email, password }) {
  const done = { visitors: [], users: [], tiles: new Map() };
  let going = true;
  const again = async (step) => {
    for (let turn = 0; going; turn++) {
      await step(turn).catch((error) => {
        if (going) throw error;
      });
    }
  };
  const visitor = new Client(baseUrl);
  const all = [
    again(async () => {
      const client = new Client(baseUrl);
      const { status, text } = await client.logIn(email, password);
      if (going) assert.ok(status < 400, text);
      if (status < 400) done.visitors.push(client);
    }),
    again(async (turn) => {
      const name = `reader${turn}@example.org`;
      await stack.compose('exec', '-T', 'auth', 'vitrine', 'user', 'add', name, '--generate');
      done.users.push(name);
    }),
    again(async (turn) => {
      if (turn === 0) await visitor.logIn(email, password);
      const path = fresh(64 + (turn % 50) * 48, 96 + Math.floor(turn / 50) * 48);
      const answer = await visitor.ask(path);
      if (going) assert.equal(answer.status, 200, answer.text.slice(0, 200));
      done.tiles.set(path, answer.status === 200 ? answer.body : undefined);
    }),
  ];
  const ended = Promise.all(all);
  ended.catch(() => {}); // whoever awaits `stop` hears of it
  return {
    done,
    ended,
    async stop() {
      going = false;
      await ended;
    },
    aboutToBreak: () => (going = false),
  };
}

/**
 * @param {import('./engine.mjs').Stack} stack that is running
 * @param {{baseUrl: string, email: string, password: string}} server
 * @param {{file: string, images: string, folder: string}} room its compose file, its IMAGE_DIR, a folder for other files
 * @returns {{title: string, run: () => Promise<void>}[]} to be run in this order
 */
export function lifecycle(stack, server, { file, images, folder }) {
  const { baseUrl, email, password } = server;
  const ofIipsrv = file === 'docker-compose-iipsrv.yml';
  const old = new Client(baseUrl); // logs in once, at the very beginning
  const up = (...more) => stack.compose('up', '--detach', '--wait', ...more);
  const ids = async () =>
    Object.fromEntries(await Promise.all(services.map(async (name) => [name, (await stack.container(name)).Id])));
  const inService = async (service, command) => inContainer((await stack.container(service)).Id, command);
  const cacheStates = async (path) => {
    const log = await stack.compose('logs', '--no-log-prefix', 'proxy');
    const ofTile = log.split('\n').filter((line) => line.includes(path));
    return ofTile.map((line) => /cache=(\w*)/.exec(line)?.[1]);
  };
  const address = (host) => `http://${host}:${new URL(baseUrl).port}${island}`;
  const usersOf = () => stack.compose('exec', '-T', 'auth', 'vitrine', 'user', 'list');

  /** Users, sessions, passwords, tiles and certbot's volumes as they were before. */
  async function nothingIsLost() {
    assert.equal((await old.ask(islandTile)).status, 200, 'the session');
    assert.equal((await cacheStates(islandTile)).at(-1), 'HIT', 'the tile cache');
    const again = new Client(baseUrl);
    assert.ok((await again.logIn(email, password)).status < 400, 'the password');
    assert.match(await usersOf(), /kept@example\.org/);
    for (const [service, mark] of [
      ['certbot', '/certificates/kept.example.org.pem'],
      ['certbot', '/letsencrypt/kept'],
      ['proxy', '/certificates/kept.example.org.pem'],
    ]) {
      assert.equal((await inService(service, ['test', '-e', mark])).status, 0, `${mark} in ${service}`);
    }
  }

  return [
    {
      title: 'a folder of images that is put there appears without a restart, and goes when it is taken away',
      async run() {
        assert.ok((await old.logIn(email, password)).status < 400);
        const path = '/iiif/images/new!added.tif';
        const tile = `${path}/512,512,256,256/256,/0/default.jpg`;
        assert.equal((await old.ask(tile)).status, 404);
        const before = await ids();
        await mkdir(join(images, 'new'));
        await copyFile(join(images, 'maps/island.tif'), join(images, 'new/added.tif'));
        const listed = await old.until('/iiif/manifests/new', ({ status }) => status === 200, 20);
        assert.match(listed.text, /new!added/);
        const info = JSON.parse((await old.until(`${path}/info.json`, ({ status }) => status === 200, 20)).text);
        assert.deepEqual([info.width, info.height], [4000, 3000]);
        assert.ok(isTile(await old.ask(tile)));
        assert.ok(isTile(await old.ask(tile)));
        await until('the tile is in the cache', async () => (await cacheStates(tile)).includes('HIT'), 5);

        await rm(join(images, 'new'), { recursive: true });
        await old.until(tile, ({ status }) => status === 404, 20);
        await old.until(`${path}/info.json`, ({ status }) => status === 404, 20);
        await old.until('/iiif/manifests/new', ({ status }) => status === 404, 20);
        assert.deepEqual(await ids(), before);
      },
    },
    {
      title: 'all killed in the middle of it: every login and user that was acknowledged is there, and no half tile',
      async run() {
        const busy = traffic(stack, server);
        const { done } = busy;
        const enough = () => done.visitors.length > 4 && done.users.length > 1 && done.tiles.size > 20;
        await Promise.race([until('some traffic', enough, 60), busy.ended]);
        const containers = Object.values(await ids());
        busy.aboutToBreak();
        await run('docker', ['kill', ...containers]);
        await busy.stop();
        await up();

        const users = await usersOf();
        for (const name of done.users) assert.ok(users.includes(name), `${name} in ${users}`);
        for (const visitor of done.visitors) assert.equal((await visitor.ask(islandTile)).status, 200);
        const paths = [...done.tiles.keys()];
        const kept = [];
        for (const path of paths) kept.push((await old.ask(path)).body);
        assert.ok((await cacheStates(paths[0])).includes('HIT'), 'the cache was kept');
        const clear = 'find /run/vitrine/tiles -type f -exec rm {} +';
        assert.equal((await inService('proxy', ['sh', '-c', clear])).status, 0);
        for (const [index, path] of paths.entries()) {
          const { status, body } = await old.ask(path);
          assert.equal(status, 200);
          assert.ok(body.equals(kept[index]), `${path}: the cache had ${kept[index].length} bytes of ${body.length}`);
          assert.ok(body.equals(done.tiles.get(path) ?? body), `${path}: other bytes than before`);
        }
      },
    },
    {
      title: 'a stop waits for the tile that is under way; every part ends by itself',
      async run() {
        await stack.compose('exec', '-T', 'auth', 'vitrine', 'user', 'add', 'kept@example.org', '--generate');
        const marks = 'touch /certificates/kept.example.org.pem /letsencrypt/kept';
        assert.equal((await inService('certbot', ['sh', '-c', marks])).status, 0);
        assert.equal((await old.ask(islandTile)).status, 200);
        const { Id } = await stack.container('image-server');
        const proxy = await stack.container('proxy');
        // Connections with an end in the proxy's port that somebody has accepted, but for its health check's.
        const taken = async () => {
          const { text } = await inContainer(proxy.Id, ['cat', '/proc/net/tcp', '/proc/net/tcp6']);
          return text.split('\n').some((line) => {
            const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
            return local?.endsWith(':1F90') && !/0100007F:/.test(local) && state === '01' && inode !== '0';
          });
        };
        let stopping;
        await run('docker', ['pause', Id]);
        let asked;
        try {
          asked = old.ask(`${island}/full/900,/0/default.jpg`);
          asked.catch(() => {});
          await until('the proxy has the request', taken, 10);
          stopping = stack.compose('stop');
          stopping.catch(() => {});
          const another = new Client(baseUrl);
          await until(
            'nobody else is let in',
            () =>
              another.ask('/auth/health').then(
                () => false,
                () => true,
              ),
            20,
          );
        } finally {
          await run('docker', ['unpause', Id]);
        }
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
        const built = ['proxy', 'auth', 'certbot-image', ...(ofIipsrv ? ['image-server'] : [])];
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
        assert.equal(await run('docker', ['ps', '--all', '--quiet', '--filter', project]), '');
        assert.equal(await run('docker', ['network', 'ls', '--quiet', '--filter', project]), '');
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
