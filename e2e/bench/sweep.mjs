import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from './load.mjs';
import { median, quantile } from './numbers.mjs';
import { startPyramids } from './service.mjs';

/** A reader looks, then asks for the next tiles: milliseconds. */
const PAUSE = 20;

/**
 * @param {import('./main.mjs').Bench} bench
 * @returns {Promise<import('./main.mjs').Row[]>}
 */
export async function sweep({ folder, photo, rounds, seconds }) {
  const pyramids = await startPyramids(join(folder, 'sweep'));
  const copy = async (/** @type {string} */ name) => {
    const file = join(pyramids.images, name);
    await copyFile(photo, file);
    return file;
  };
  try {
    const open = await copy('open.jpg');
    const source = await pyramids.ready(open);
    const [{ pages }] = await pyramids.facts([open]);
    const [{ width, height }] = pages[0].levels;
    const [across, down] = [Math.floor(width / 512), Math.floor(height / 512)];
    let asked = 0;
    const tile = () => {
      const index = asked++ % (across * down);
      return `/tiles/${source}/0/${index % across},${Math.floor(index / across)}/512,512`;
    };
    const slowest = async () => {
      const { milliseconds } = await load(pyramids.base, tile, { seconds, pause: PAUSE });
      return quantile(milliseconds, 0.95);
    };
    await slowest();
    const [alone, beside] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    let fresh = 0;
    for (let round = 0; round < rounds; round++) {
      alone.push(await slowest());
      // More than is made meanwhile, so that something always is.
      const files = await Promise.all(Array.from({ length: Math.ceil(8 * seconds) }, () => copy(`${fresh++}.jpg`)));
      await pyramids.facts(files, 'sweep');
      beside.push(await slowest());
      for (const file of files) await pyramids.ready(file);
    }
    return [
      {
        what: "readers' slowest tiles (p95) during a sweep ÷ without",
        value: median(beside.map((each, round) => each / alone[round])),
        atMost: 2,
        remark: `${median(beside).toFixed(1)} ms and ${median(alone).toFixed(1)} ms`,
      },
    ];
  } finally {
    await pyramids.stop();
  }
}
