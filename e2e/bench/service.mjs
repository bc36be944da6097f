import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stateOf } from '../../pyramids/src/shared/master.ts';
import { ask } from '../../test-support/ask.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { pidOf } from '../../test-support/processes.mjs';
import { until } from '../../test-support/until.mjs';

/** @typedef {Awaited<ReturnType<typeof startPyramids>>} Pyramids */

/**
 * The maker of pyramids alone, over folders of its own.
 * @param {string} folder with `images/` in it; `pyramids/` is made
 */
export async function startPyramids(folder) {
  const port = await freePort();
  const [images, volume] = [join(folder, 'images'), join(folder, 'pyramids')];
  await mkdir(images, { recursive: true });
  await mkdir(volume, { recursive: true });
  const env = {
    PATH: process.env.PATH,
    IMAGE_DIR: images,
    PYRAMIDS_DIR: volume,
    PYRAMIDS_BIND: '127.0.0.1',
    PYRAMIDS_PORT: String(port),
    IMAGE_SERVER: 'iipsrv',
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    UV_THREADPOOL_SIZE: '16',
    MALLOC_ARENA_MAX: '2',
  };
  const command = ['--max-semi-space-size=1', join(import.meta.dirname, '../../pyramids/src/main.ts')];
  // A port that is none ends it when what node makes of the sources is made, as in ./serve.
  await runCommand('node', command, { env: { ...env, PYRAMIDS_PORT: 'none' } });
  const service = spawn('node', command, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${port}`;
  const health = () => ask(base, '/health').catch(() => undefined);
  await until('the maker of pyramids answers', async () => (await health())?.status === 200);

  /**
   * @param {string} path
   * @param {object} body
   */
  async function post(path, body) {
    const headers = { 'Content-Type': 'application/json' };
    const { status, text } = await ask(base, path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text);
  }

  return {
    base,
    images,
    volume,
    pid: pidOf(service),
    status: async () => JSON.parse((await ask(base, '/status')).text),
    /**
     * @param {string[]} files below `images`
     * @param {'folder' | 'sweep' | 'none'} wish
     */
    async facts(files, wish = 'none') {
      return (await post('/facts', { masters: await Promise.all(files.map((file) => masterOf(images, file))), wish }))
        .facts;
    },
    /**
     * Waits until the first page of a file can be shown.
     * @param {string} file below `images`
     * @returns {Promise<string>} the source of its pyramid; throws where it is not made
     */
    async ready(file) {
      const master = await masterOf(images, file);
      for (;;) {
        const answer = await post('/ready', { master, page: 0, seconds: 30 });
        if (answer.kind === 'ready') return answer.source;
        if (answer.kind !== 'making') throw new Error(`${file}: ${JSON.stringify(answer)}`);
      }
    },
    async stop() {
      service.kill();
      if (service.exitCode === null) await once(service, 'exit');
    },
  };
}

/**
 * @param {string} images
 * @param {string} file
 */
async function masterOf(images, file) {
  const state = stateOf(await stat(file, { bigint: true }));
  const path = relative(images, file);
  return { key: createHash('sha256').update(`${state} ${path}`).digest('hex'), path, state };
}
