// A real nginx with the shipped templates, between an auth service, an image server and pyramids that say what a test wants.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { freePort } from '../../test-support/ports.mjs';
import { pidOf } from '../../test-support/processes.mjs';
import { ask } from '../../test-support/rawHttp.mjs';
import { close, listen } from '../../test-support/servers.mjs';
import { until } from '../../test-support/until.mjs';

export const image = '/iiif/images/maps!island.tif/full/200,/0/default.jpg';
const file = `${'0123456789abcdef'.repeat(4).slice(2)}-0.tif`;
/** Of iipsrv, as auth says it, and of digilib. */
export const imagePath = `/iiif/01/${file}/full/200,133/0/default.jpg`;
export const digilibPath = `/digilib/Scaler/vitrine-images/01!${file}/full/200,133/0/default.png`;

/** A picture to the proxy: begins and ends as a JPEG does. */
export const picture = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff]),
  Buffer.alloc(600, 7),
  Buffer.from([0xff, 0xd9]),
]);

let version = 0; // another one for each test, so that none finds the tiles of the one before

/**
 * What a server of a test answers.
 * @typedef {object} StubAnswer
 * @property {number} [status] no answer without one
 * @property {import('node:http').OutgoingHttpHeaders} [headers]
 * @property {string | Buffer} [body]
 * @property {Iterable<string | Buffer> | AsyncIterable<string | Buffer>} [pieces] the body, in chunks
 * @property {Promise<unknown>} [after] what the answer waits for
 * @property {boolean} [destroy] whether the connection is cut off: after the body, or instead of an answer
 */

/** @typedef {Pick<import('node:http').IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'headers'>} Asked */

/**
 * @typedef {(request: import('node:http').IncomingMessage, count: number) => StubAnswer} Answering `count` requests have
 *   come, this one among them
 */

/** @typedef {Awaited<ReturnType<typeof startStack>>} Stack */

/**
 * auth's "yes".
 * @param {import('node:http').OutgoingHttpHeaders} [headers] beside those of every yes, or instead of them
 * @returns {StubAnswer}
 */
export const allow = (headers = {}) => ({
  status: 200,
  headers: {
    'X-Image-Path': imagePath,
    'X-Image-Version': version.toString(16),
    'X-Image-ETag': '"v1"',
    'X-Image-Origin': '*',
    'X-Image-Policy': 'cross-origin',
    'X-Image-Price': 1,
    'X-Visitor': 'anybody 127.0.0.1',
    ...headers,
  },
});

/**
 * What auth says beside it where the decision may be remembered.
 * @param {string} [what] of a test the grant is for
 * @param {number} [life] seconds
 */
export const granted = (what = 'image', life = 2) => ({
  'X-Image-Grant': createHash('md5').update(`${version} ${what}`).digest('hex'),
  'X-Grant-Life': life,
});

/**
 * @param {import('node:http').OutgoingHttpHeaders} [headers] beside those of every picture, or instead of them
 * @param {Buffer} [body]
 * @returns {StubAnswer}
 */
export const jpeg = (headers = {}, body = picture) => ({
  status: 200,
  headers: { 'Content-Type': 'image/jpeg', 'Content-Length': body.length, ...headers },
  body,
});

/**
 * @param {StubAnswer} answer
 * @param {import('node:http').ServerResponse} response
 */
function give({ status, headers = {}, body, pieces, destroy }, response) {
  if (status === undefined) return destroy ? void response.socket?.destroy() : undefined;
  response.writeHead(status, headers);
  if (pieces) return void Readable.from(pieces).pipe(response);
  if (!destroy) return void response.end(body);
  response.write(body, () => response.socket?.destroy());
}

/** An HTTP server whose `answer` a test sets; `asked` holds what arrived. */
class Stub {
  /** @type {Asked[]} */
  asked = [];
  port = 0;

  /** @param {Answering} answer */
  constructor(answer) {
    this.answer = answer;
    this.server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
      const { method, url, rawHeaders, headers } = request;
      this.asked.push({ method, url, rawHeaders, headers });
      const answer = this.answer(request, this.asked.length);
      if (answer.after)
        void answer.after.then(() => {
          give(answer, response);
        });
      else give(answer, response);
    });
  }

  /** @param {number} [port] the same one again after `stop`, or any */
  async start(port = 0) {
    this.port = await listen(this.server, port);
  }

  stop() {
    return close(this.server);
  }
}

/**
 * Starts all four. `stop` ends them and removes what they wrote.
 * @param {Partial<Record<string, string>>} [more] variables of the proxy; FILES is how many it may open (soft and hard limit), if not as many as this process
 * @param {(folder: string) => void} [prepare] is given the folder before nginx starts: `certs`, `certificates` and `challenges` are in it
 * @returns the stack; throws with what it said if nginx does not come up
 */
export async function startStack(more = {}, prepare = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine proxy-'));
  chmodSync(folder, 0o755); // root's nginx works as another user
  for (const name of ['certs', 'certificates', 'challenges']) mkdirSync(join(folder, name));
  prepare(folder);
  const auth = new Stub(() => allow());
  const images = new Stub(() => jpeg());
  const pyramids = new Stub(() => jpeg());
  await auth.start();
  await images.start();
  await pyramids.start();
  const port = await freePort();
  const tlsPort = await freePort();
  const log = more.ACCESS_LOG ?? join(folder, 'access.log');
  const words = join(folder, 'words');
  const start = join(import.meta.dirname, '../start');
  const [program, ...parameters] = more.FILES ? ['prlimit', `--nofile=${more.FILES}`, start] : [start];
  const nginx = spawn(program, parameters, {
    env: {
      PATH: `${process.env.PATH}:/usr/sbin`,
      RUN_DIR: folder,
      LISTEN_HTTP: String(port),
      LISTEN_HTTPS: String(tlsPort),
      AUTH_UPSTREAM: `127.0.0.1:${auth.port}`,
      IMAGE_UPSTREAM: `127.0.0.1:${images.port}`,
      PYRAMIDS_UPSTREAM: `127.0.0.1:${pyramids.port}`,
      TILE_CACHE_SIZE: '10m',
      TILE_CACHE_MIN_FREE: '2m',
      VIRTUAL_HOST: 'images.example.org',
      ACCESS_LOG: log,
      OWN_DIR: join(folder, 'certs'),
      CERTIFICATE_DIR: join(folder, 'certificates'),
      CHALLENGE_DIR: join(folder, 'challenges'),
      ...more,
    },
    stdio: ['ignore', openSync(words, 'w'), openSync(words, 'a')],
    detached: true, // a group of its own, to stop what it started
  });
  const ended = new Promise((resolve) => nginx.once('exit', resolve));
  const pid = pidOf(nginx);
  const stack = {
    port,
    tlsPort,
    folder,
    auth,
    images,
    pyramids,
    /** of nginx, and of the group of all that it has started */
    pid,
    /**
     * @param {string} path
     * @param {import('../../test-support/rawHttp.mjs').RawRequest} [options]
     * @param {number} [at] another port
     */
    ask: (path, options, at = port) => ask(at, path, options),
    /** Whether no worker of an earlier configuration takes connections any more. */
    settled: () => workersOf(pid).length === Math.min(availableParallelism(), 16),
    log: () => readFileSync(log, 'utf8'),
    words: () => readFileSync(words, 'utf8'),
    reset() {
      version += 1;
      auth.asked.length = images.asked.length = pyramids.asked.length = 0;
      auth.answer = () => allow();
      images.answer = () => jpeg();
      pyramids.answer = () => jpeg();
    },
    async stop() {
      try {
        process.kill(-pid, 'SIGTERM');
      } catch {
        // it has ended by itself
      }
      await Promise.all([ended, auth.stop(), images.stop(), pyramids.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
  try {
    await until('nginx answers', async () => {
      if (nginx.exitCode !== null) throw new Error(stack.words());
      return (await ask(port, '/none').catch(() => undefined))?.status !== undefined;
    });
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

/**
 * For a start that is refused.
 * @param {unknown} error
 */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Process ids of the workers that take connections: one that is "shutting down" only ends what is under way.
 * @param {number} nginx
 */
function workersOf(nginx) {
  const children = readFileSync(`/proc/${nginx}/task/${nginx}/children`, 'utf8').split(' ').filter(Boolean);
  return children.filter((pid) => {
    try {
      return /^nginx: worker process\0*$/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false; // gone meanwhile
    }
  });
}
