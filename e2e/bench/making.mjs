import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from './load.mjs';
import { inTurn, secondsOf } from './numbers.mjs';
import { PYRAMID, vips } from './pictures.mjs';
import { startPyramids } from './service.mjs';

/** A making takes less than a second, and how long depends on the moment: what disturbs it only adds. The fastest counts. */
const TIMES = 4;

/**
 * @param {import('./main.mjs').Bench} bench
 * @returns {Promise<import('./main.mjs').Row[]>}
 */
export async function making({ folder, photo, rounds }) {
  const pyramids = await startPyramids(join(folder, 'making'));
  const fresh = async (/** @type {string} */ name) => {
    const file = join(pyramids.images, name);
    await copyFile(photo, file);
    return file;
  };
  const plain = join(folder, 'plain.tif');
  const firstTile = async (/** @type {string} */ file) => {
    const [facts] = await pyramids.facts([file]);
    if (facts.kind !== 'picture') throw new Error(JSON.stringify(facts));
    const source = await pyramids.ready(file);
    const level = facts.pages[0].levels.length - 1;
    // As the picture is higher than half a tile there.
    await load(pyramids.base, () => `/tiles/${source}/${level}/0,0/128,128`, { seconds: 0.001, connections: 1 });
  };
  try {
    await pyramids.ready(await fresh('warm.jpg'));
    const { save, make, first } = await inTurn(TIMES * rounds, {
      save: async () => {
        const seconds = await secondsOf(() => vips('tiffsave', photo, plain, ...PYRAMID));
        await rm(plain);
        return seconds;
      },
      make: async (round) => {
        const file = await fresh(`make-${round}.jpg`);
        return secondsOf(() => pyramids.ready(file));
      },
      first: async (round) => {
        const file = await fresh(`first-${round}.jpg`);
        return secondsOf(() => firstTile(file));
      },
    });
    const least = { save: Math.min(...save), make: Math.min(...make), first: Math.min(...first) };
    const seconds = (/** @type {number} */ number) => `${number.toFixed(2)} s`;
    return [
      {
        what: 'making a pyramid ÷ plain vips tiffsave',
        value: least.make / least.save,
        atMost: 1.15,
        remark: `${seconds(least.make)} and ${seconds(least.save)}`,
      },
      {
        what: 'first tile of a fresh JPEG ÷ making its pyramid',
        value: least.first / least.make,
        atMost: 1.5,
        remark: `${seconds(least.first)} and ${seconds(least.make)}`,
      },
    ];
  } finally {
    await pyramids.stop();
  }
}
