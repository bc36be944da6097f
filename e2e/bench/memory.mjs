import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { descendants } from '../../test-support/processes.mjs';
import { drawLarge } from './pictures.mjs';
import { startPyramids } from './service.mjs';

/**
 * @param {import('./main.mjs').Bench} bench
 * @returns {Promise<import('./main.mjs').Row[]>}
 */
export async function memory({ folder, photo, large }) {
  const pyramids = await startPyramids(join(folder, 'memory'));
  try {
    const small = join(pyramids.images, 'small.jpg');
    await copyFile(photo, small);
    await pyramids.ready(small);
    await pause(5000); // what was needed for that is given back
    const idle = held(pyramids.pid);
    const picture = join(pyramids.images, 'large.jpg');
    await drawLarge(photo, picture, large);
    const most = await mostDuring(pyramids.pid, () => pyramids.ready(picture));
    return [
      { what: 'memory of the service when it has nothing to do', value: idle, unit: 'MB', atMost: 80 },
      { what: `memory of making ${large} megapixels`, value: most, unit: 'MB', atMost: 500 },
    ];
  } finally {
    await pyramids.stop();
  }
}

/**
 * The most that the children of a process take together.
 * @param {number} pid
 * @param {() => Promise<unknown>} work
 */
async function mostDuring(pid, work) {
  let isDone = /** @type {boolean} */ (false);
  const done = work().finally(() => (isDone = true));
  let most = 0;
  while (!isDone) {
    const now = descendants(pid).reduce((sum, child) => sum + held(child.pid), 0);
    most = Math.max(most, now);
    await pause(20);
  }
  await done;
  return most;
}

/**
 * Memory that a process holds now, megabytes; 0 if it has ended.
 * @param {number} pid
 */
export function held(pid) {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1000;
  } catch {
    return 0;
  }
}
