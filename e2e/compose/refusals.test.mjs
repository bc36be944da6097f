// Settings that cannot work: nothing starts with them, and the log of the part that minds has one line that names the
// variable. Only that part is started, by `up` as a user does it: two or three seconds each.
import assert from 'node:assert/strict';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { until } from '../../test-support/until.mjs';
import { atEnd, digilibImage, docker, engine, refusal, Stack } from './engine.mjs';

const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const folder = await temporaryFolder('refusals');
const removeStandIn = skip ? async () => {} : await digilibImage();
/** So many are refused at a time. */
const PLACES = 3;
/** @type {Set<Place>} */
const running = new Set();

async function tearDown() {
  for (const place of running) await place.remove();
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

/** @typedef {Record<string, string>} Settings */

/** @type {(VIRTUAL_HOST: string, more?: Settings) => Settings} */
const host = (VIRTUAL_HOST, more = {}) => ({ VIRTUAL_HOST, ...more });
/** @type {(more?: Settings) => Settings} */
const https = (more) => ({ VIRTUAL_HOST: 'images.example.org', VIRTUAL_HOST_PROTO: 'https', ...more });
const both = ['docker-compose-iipsrv.yml', 'docker-compose.yml'];

/**
 * Who refuses what is set, and with which line; for both files where they have different programs for it.
 * @type {[service: string, settings: Settings, words: RegExp, files?: string[]][]}
 */
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
  ['pyramids', { PDF_DPI: '0' }, /^PDF_DPI: "0": Give a whole number/],
  ['pyramids', { PYRAMIDS_SIZE: '5t' }, /^PYRAMIDS_SIZE: "5t": Give 0, or a number/],
  ['pyramids', { IMAGE_DIR: file }, /^IMAGE_DIR: .*This is not a folder/],
  ['pyramids', { IMAGE_DIR: closed }, /^IMAGE_DIR: .*number 33.* may not read/],
  ['proxy', https(), /^proxy: VIRTUAL_HOST_PROTO=https needs a certificate\. Set LETSENCRYPT_EMAIL /],
  ['proxy', host('http://images.example.org'), /^proxy: VIRTUAL_HOST is not usable: /],
  ['proxy', { TILE_CACHE_SIZE: 'much' }, /^proxy: TILE_CACHE_SIZE is not usable: /],
  ['certbot', https(), /^certbot: LETSENCRYPT_EMAIL is not set\. /],
  ['image-server', { IMAGE_WORKERS: 'many' }, /^IMAGE_WORKERS is not a /, both],
];

/** Where one stack after the other is started, while others are elsewhere. */
class Place {
  #compose;
  #name;
  #ports;

  /**
   * @param {string} compose file
   * @param {string} name
   * @param {[number, number]} ports
   */
  constructor(compose, name, ports) {
    this.#compose = compose;
    this.#name = name;
    this.#ports = ports;
    running.add(this);
  }

  /**
   * A stack that nothing is started of yet.
   * @param {Settings} [settings]
   */
  stack(settings = {}) {
    const stack = new Stack(this.#compose, ...this.#ports, this.#name);
    for (const [name, value] of Object.entries(settings)) stack.set(name, value);
    return stack;
  }

  /**
   * Takes over the images that another has built.
   * @param {Place} other
   */
  async takeImages(other) {
    const { project } = this.stack();
    const built = other.stack().project;
    const names = await docker('image', 'ls', '--format', '{{.Repository}}', '--filter', `reference=${built}-*`);
    for (const name of names.trim().split('\n')) await docker('tag', name, name.replace(built, project));
  }

  /** So that the next begins as the first did; whoever was refused would be started again and again besides. */
  async clear() {
    const project = `label=com.docker.compose.project=${this.stack().project}`;
    const left = async () => (await docker('ps', '--all', '--quiet', '--filter', project)).split('\n').filter(Boolean);
    // Docker refuses to remove a container that ends at this moment, and does so when it is asked again.
    await until('its containers are gone', async () => {
      const all = await left();
      if (all.length > 0) await docker('rm', '--force', ...all).catch(() => undefined);
      return (await left()).length === 0;
    });
  }

  async remove() {
    running.delete(this);
    await this.stack().down();
  }
}

/** @type {(stack: Stack, service: string) => Promise<string[]>} */
const linesOf = async (stack, service) => (await stack.log(service)).map((line) => line.trim());

/**
 * What is tried with a compose file, each with a place to itself.
 * @param {string} compose
 * @returns {{title: string, run: (place: Place) => Promise<void>}[]}
 */
function trials(compose) {
  const list = cases
    .filter(([, , , files = [both[0]]]) => files.includes(compose))
    .map(([service, settings, words]) => {
      const shown = Object.entries(settings).map(([name, value]) => `${name}=${value.replace(folder, '…')}`);
      return {
        title: `${service}: ${shown.join(' ')}`,
        async run(/** @type {Place} */ place) {
          const stack = place.stack(settings);
          await assert.rejects(stack.compose('up', '--detach', '--wait', '--no-deps', service));
          const { State } = await stack.container(service);
          assert.ok(State.Status !== 'running' || State.Health.Status !== 'healthy', JSON.stringify(State));
          assert.equal(State.OOMKilled, false);
          const lines = await linesOf(stack, service);
          const naming = lines.filter((line) => words.test(line));
          assert.ok(naming.length > 0, lines.join('\n'));
          assert.equal(new Set(naming).size, 1, 'it is said once per start');
          assert.doesNotMatch(lines.join('\n'), /^\s+at |unbound variable|syntax error/m);
        },
      };
    });

  list.push({
    title: 'a folder that is not there: Docker names it and does not make it',
    async run(place) {
      const stack = place.stack({ IMAGE_DIR: missing });
      for (const service of ['auth', 'pyramids', 'image-server']) {
        const said = await refusal(stack.compose('up', '--detach', '--no-deps', service));
        assert.ok(said.includes(missing), said);
      }
      await assert.rejects(access(missing));
    },
  });
  if (compose !== both[0]) return list;

  return [
    ...list,
    {
      title: 'an IP address, and a folder without images: both work, and the log warns of both',
      async run(place) {
        const stack = place.stack({ VIRTUAL_HOST: '192.0.2.7', IMAGE_DIR: empty });
        await stack.compose('up', '--detach', '--wait', 'auth', 'image-server');
        const warned = (await linesOf(stack, 'auth')).filter((line) => line.includes('"level":"warn"'));
        for (const name of ['VIRTUAL_HOST', 'IMAGE_DIR']) {
          const naming = warned.filter((line) => line.includes(`"variable":"${name}"`));
          assert.equal(naming.length, 1, warned.join('\n'));
        }
      },
    },
    {
      title: 'the whole stack with a wrong setting: `up` fails, and the proxy is never started',
      async run(place) {
        const stack = place.stack(host('my_images.example.org'));
        await assert.rejects(stack.compose('up', '--detach'), ({ stderr }) => /auth/.test(stderr));
        assert.equal((await stack.container('proxy')).State.Status, 'created');
      },
    },
    {
      title: 'the whole stack, https without a certificate: `up` fails and names the proxy',
      async run(place) {
        const stack = place.stack(https());
        await assert.rejects(stack.compose('up', '--detach'), ({ stderr }) => /proxy/.test(stderr));
        assert.equal((await stack.container('certbot')).State.Status, 'created');
      },
    },
  ];
}

for (const compose of both) {
  test(compose, { skip, timeout: 10 * 60_000, concurrency: PLACES }, async (t) => {
    const place = async (/** @type {number} */ index) =>
      new Place(compose, `-${index}`, [await freePort(), await freePort()]);
    const first = await place(0);
    await first.stack().compose('build', '--quiet');
    const others = await Promise.all(Array.from({ length: PLACES - 1 }, (_, index) => place(index + 1)));
    for (const other of others) await other.takeImages(first);

    const waiting = trials(compose);
    const work = async (/** @type {Place} */ own) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { title, run } = next;
        await t.test(title, () => run(own));
        await own.clear();
      }
      await own.remove();
    };
    await Promise.all([first, ...others].map(work));
  });
}
