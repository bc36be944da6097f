import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../../test-support/ask.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { pidOf } from '../../test-support/processes.mjs';
import { until } from '../../test-support/until.mjs';

const MAIN = join(import.meta.dirname, '../../pyramids/src/main.ts');

/** @typedef {import('../../pyramids/src/shared/master.ts').Master} Master */
/** @typedef {import('../../pyramids/src/shared/facts.ts').Facts} Facts */
/** @typedef {import('../../pyramids/src/making/readiness.ts').Readiness} Readiness */
/** @typedef {import('../../pyramids/src/web/service.ts').Status} Status */
/** @typedef {Awaited<ReturnType<typeof startPyramids>>} Pyramids */

/**
 * Starts the service as it is, and waits until it answers.
 * @param {{images: string, volume: string, env?: NodeJS.ProcessEnv}} options
 */
export async function startPyramids({ images, volume, env = {} }) {
  const port = await freePort();
  // The kernel stops it when this process dies; and root reads no file that it may not, as the user in a container.
  const rights = process.getuid?.() === 0 ? ['--bounding-set', '-dac_override,-dac_read_search'] : [];
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...rights, process.execPath, MAIN], {
    env: {
      PATH: process.env['PATH'],
      IMAGE_DIR: images,
      PYRAMIDS_DIR: volume,
      PYRAMIDS_BIND: '127.0.0.1',
      PYRAMIDS_PORT: String(port),
      IMAGE_SERVER: 'iipsrv',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (log += String(part)));
  const ended = once(child, 'close');
  const base = `http://127.0.0.1:${port}`;

  /** @type {(path: string, body: object) => Promise<any>} */
  async function post(path, body) {
    const headers = { 'Content-Type': 'application/json' };
    const { status, text } = await ask(base, path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (status !== 200) throw new Error(`${path} answers ${status}: ${text}`);
    return JSON.parse(text);
  }

  await until('the service of pyramids', () => {
    if (child.exitCode !== null) throw new Error(`it has ended:\n${log}`);
    return ask(base, '/health').then(
      ({ status }) => status === 200,
      () => false,
    );
  });
  return {
    pid: pidOf(child),
    volume,
    get log() {
      return log;
    },
    /** @type {(masters: readonly Master[], wish?: 'folder' | 'sweep' | 'none') => Promise<Facts[]>} */
    facts: async (masters, wish = 'none') => (await post('/facts', { masters, wish })).facts,
    /** @type {(master: Master, page?: number, seconds?: number) => Promise<Readiness>} */
    ready: (master, page = 0, seconds = 5) => post('/ready', { master, page, seconds }),
    /** @type {() => Promise<Status>} */
    status: async () => JSON.parse((await ask(base, '/status')).text),
    /** @type {(path: string) => ReturnType<typeof ask>} */
    get: (path) => ask(base, path),
    /** @type {(signal?: NodeJS.Signals) => Promise<unknown>} */
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/**
 * Names a file as auth does.
 * @param {string} images
 * @param {string} path below it
 * @returns {Promise<Master>}
 */
export async function masterOf(images, path) {
  const { mtimeNs, ctimeNs, size, ino } = await stat(join(images, path), { bigint: true });
  const state = [mtimeNs, ctimeNs, size, ino].join(' ');
  return { key: createHash('sha256').update(`${state}\0${path}`).digest('hex'), path, state };
}
