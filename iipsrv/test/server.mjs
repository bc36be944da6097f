// The real iipsrv behind the real lighttpd, over a folder of images.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask as askAt } from '../../test-support/ask.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { descendants, lives, pidOf } from '../../test-support/processes.mjs';
import { until } from '../../test-support/until.mjs';

/** @typedef {Awaited<ReturnType<typeof startIipsrv>>} Iipsrv */

/**
 * Starts an image server on a free port and waits until it answers.
 * @param {string} images folder of images
 * @param {object} [options]
 * @param {number} [options.count] iipsrv processes
 * @param {Record<string, string>} [options.settings] variables of `start`
 * @returns `base` is its address; `ask(path, { method, headers })` answers `{ status, headers, body }`; `workers()` are
 *   the ids of the iipsrv processes, oldest first; `stop()` returns when all of it is gone
 */
export async function startIipsrv(images, { count = 2, settings = {} } = {}) {
  const runDirectory = mkdtempSync(join(tmpdir(), 'vitrine iipsrv-'));
  const port = await freePort();
  const env = {
    PATH: `${process.env.PATH}:/usr/sbin`,
    PYRAMIDS_DIR: images,
    IMAGE_SERVER_BIND: '127.0.0.1',
    IMAGE_SERVER_PORT: String(port),
    IMAGE_WORKERS: String(count),
    RUN_DIR: runDirectory,
    ...settings,
  };
  const server = spawn(join(import.meta.dirname, '../start'), { env, stdio: 'ignore' });
  const workers = () =>
    descendants(pidOf(server))
      .filter(({ name }) => name === 'iipsrv.fcgi')
      .map(({ pid }) => pid)
      .sort((a, b) => a - b);
  const base = `http://127.0.0.1:${port}`;
  /**
   * @param {string} path
   * @param {import('../../test-support/ask.mjs').Asking} [options]
   */
  const ask = (path, options) => askAt(base, path, options);

  async function stop() {
    const running = workers();
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
    await until('its workers are gone', () => running.every((pid) => !lives(pid)));
    rmSync(runDirectory, { recursive: true });
  }

  const answers = () =>
    ask('/').then(
      () => true,
      () => false,
    );
  await until('the image server answers', async () => (await answers()) && workers().length === count);
  return { base, ask, workers, stop };
}
