// A real nginx with the shipped templates, between an auth service and an image server that say what a test wants.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

export const image = '/iiif/images/maps!island.tif/full/200,/0/default.jpg';
export const imagePath = '/iiif/maps/island.tif/full/200,133/0/default.jpg';

/** As long as a JPEG's own tables, which is what makes it a picture to the proxy. */
export const picture = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(600, 7), Buffer.from([0xff, 0xd9])]);

let version = 0; // another one for each test, so that none finds the tiles of the one before

export const allow = (headers = {}) => ({
  status: 200,
  headers: { 'X-Image-Path': imagePath, 'X-Image-Version': version.toString(16), 'X-Image-ETag': '"v1"', ...headers },
});
export const jpeg = (headers = {}, body = picture) => ({
  status: 200,
  headers: { 'Content-Type': 'image/jpeg', 'Content-Length': body.length, ...headers },
  body,
});

/** An HTTP server whose `answer` a test sets; `asked` holds what arrived. */
class Stub {
  constructor(answer) {
    this.answer = answer;
    this.asked = [];
    this.server = createServer((request, response) => {
      const { method, url, rawHeaders, headers } = request;
      this.asked.push({ method, url, rawHeaders, headers });
      const { status, headers: own = {}, body, destroy } = this.answer(request, this.asked.length);
      if (status === undefined) return destroy ? void request.socket.destroy() : undefined;
      response.writeHead(status, own);
      if (!destroy) return void response.end(body);
      response.write(body, () => request.socket.destroy());
    });
  }

  /** @param port the same one again after `stop`, or any */
  async start(port = 0) {
    await new Promise((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    this.port = this.server.address().port;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/**
 * Starts all three. `stop` ends them and removes what they wrote.
 * @param more variables of the proxy
 * @param prepare is given the folder before nginx starts: `certs`, `certificates` and `challenges` are in it
 * @returns the stack; throws with what it said if nginx does not come up
 */
export async function startStack(more = {}, prepare = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine proxy-'));
  chmodSync(folder, 0o755); // root's nginx works as another user
  for (const name of ['certs', 'certificates', 'challenges']) mkdirSync(join(folder, name));
  prepare(folder);
  const auth = new Stub(() => allow());
  const images = new Stub(() => jpeg());
  await auth.start();
  await images.start();
  const port = await freePort();
  const tlsPort = await freePort();
  const log = more.ACCESS_LOG ?? join(folder, 'access.log');
  const words = join(folder, 'words');
  const nginx = spawn(join(import.meta.dirname, '../start'), [], {
    env: {
      PATH: `${process.env.PATH}:/usr/sbin`,
      RUN_DIR: folder,
      LISTEN_HTTP: String(port),
      LISTEN_HTTPS: String(tlsPort),
      AUTH_UPSTREAM: `127.0.0.1:${auth.port}`,
      IMAGE_UPSTREAM: `127.0.0.1:${images.port}`,
      TILE_CACHE_SIZE: '10m',
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
  const stack = {
    port,
    tlsPort,
    folder,
    auth,
    images,
    nginx,
    ended,
    ask: (path, options, at = port) => ask(at, path, options),
    /** Whether no worker of an earlier configuration takes connections any more. */
    settled: () => workersOf(nginx.pid).length === Math.min(availableParallelism(), 16),
    log: () => readFileSync(log, 'utf8'),
    words: () => readFileSync(words, 'utf8'),
    reset() {
      version += 1;
      auth.asked.length = images.asked.length = 0;
      auth.answer = () => allow();
      images.answer = () => jpeg();
    },
    async stop() {
      try {
        process.kill(-nginx.pid, 'SIGTERM');
      } catch {
        // it has ended by itself
      }
      await Promise.all([ended, auth.stop(), images.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
  try {
    await until(async () => {
      if (nginx.exitCode !== null) throw new Error(stack.words());
      return (await ask(port, '/none').catch(() => undefined))?.status !== undefined;
    });
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

/** Process ids of the workers that take connections: who is "shutting down" only ends what is under way. */
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

/** Polls until the condition holds, twenty seconds at most. */
export async function until(condition) {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing happened within twenty seconds');
}

/** @returns a port that nobody listens on */
export async function freePort() {
  const stub = new Stub(() => ({ status: 200 }));
  await stub.start();
  await stub.stop();
  return stub.port;
}

/**
 * One request with exactly this path and these headers, on a connection of its own.
 * @returns status (undefined if there was no answer), headers (name → list of values), body, and that as JSON
 */
export async function ask(port, path, { method = 'GET', headers = {}, body = '' } = {}) {
  const own = Object.entries({ Host: 'localhost', Connection: 'close', ...headers }).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  return read(await send(port, `${method} ${path} HTTP/1.1\r\n${own.join('')}\r\n${body}`));
}

/** Sends bytes as they are. @returns all that comes back until the connection ends */
export function send(port, bytes) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    // An answer that came before the request was read to its end may be followed by a reset.
    const done = (error) => (error && chunks.length === 0 ? reject(error) : resolve(Buffer.concat(chunks)));
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer')));
    socket
      .on('data', (chunk) => chunks.push(chunk))
      .on('error', done)
      .on('close', () => done());
  });
}

function read(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  const [line, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = {};
  for (const text of lines) {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(text);
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  let body = bytes.subarray(end + 4);
  if (headers['transfer-encoding']?.[0] === 'chunked') body = unchunked(body);
  let json;
  if (headers['content-type']?.[0] === 'application/json') json = body.length > 0 ? JSON.parse(body.toString()) : {};
  return { status: line ? Number(line.split(' ')[1]) : undefined, headers, body, json };
}

function unchunked(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (!(length > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(parts);
}
