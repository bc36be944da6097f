import { readFileSync } from 'node:fs';
import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startIipsrv } from '../../iipsrv/test/server.mjs';
import { descendants } from '../../test-support/processes.mjs';
import { cookieOfLogin } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';
import { gridOf, regionOf, SIDE } from './grid.mjs';
import { load } from './load.mjs';
import { inTurn, median, ratio } from './numbers.mjs';
import { PYRAMID, vips } from './pictures.mjs';
import { startPyramids } from './service.mjs';

/**
 * Names of one picture. IIPImage's cache and the tile cache know a tile by its address, so that what is rendered is asked
 * for under ever new ones. Stored tiles are kept by nobody: a few names do, which have been looked at before.
 */
const NAMES = 150;
const LOOKED_AT = 10;

/**
 * @param {import('./main.mjs').Bench} bench
 * @returns {Promise<import('./main.mjs').Row[]>}
 */
export async function tiles({ folder, photo, rounds, seconds }) {
  const own = join(folder, 'tiles');
  const pyramids = await startPyramids(own);
  const master = join(pyramids.images, '0.tif');
  // A form that needs no making: it is the tiles that are measured.
  await vips('tiffsave', photo, master, ...PYRAMID);
  await mkdir(join(pyramids.volume, 'ab'), { recursive: true });
  const source = (/** @type {number} */ name) => `ab/${String(name).padStart(62, '0')}-0.tif`;
  for (let name = 0; name < NAMES; name++) {
    await link(master, join(pyramids.volume, source(name)));
    if (name > 0) await link(master, join(pyramids.images, `${name}.tif`));
  }
  const grid = await gridOf(master);
  const iipsrv = await startIipsrv(pyramids.volume, { count: 4 });
  const vitrine = await startServe({ images: pyramids.images });
  try {
    const headers = { Cookie: await cookieOfLogin(vitrine, vitrine.admin) };
    const native = inOrder(
      grid,
      LOOKED_AT,
      ({ name, column, row }) => `/tiles/${source(name)}/0/${column},${row}/${SIDE},${SIDE}`,
    );
    const rendered = inOrder(grid, NAMES, ({ name, ...place }) => `/iiif/${source(name)}/${regionOf(place)}`);
    const whole = inOrder(grid, LOOKED_AT, ({ name, ...place }) => `/iiif/images/${name}.tif/${regionOf(place)}`);
    const less = inOrder(grid, NAMES, ({ name, ...place }) => `/iiif/images/${name}.tif/${regionOf(place, 1)}`);
    /** @type {Record<string, number[]>} milliseconds of a core for a tile, without the client's */
    const costs = {};
    /**
     * @param {string} name
     * @param {() => number[]} processes
     * @param {string} base
     * @param {() => string} next
     */
    const rate = async (name, processes, base, next, more = {}) => {
      const before = coreSeconds(processes());
      const { rate: answers, milliseconds } = await load(base, next, { seconds, ...more });
      (costs[name] ??= []).push((1000 * (coreSeconds(processes()) - before)) / milliseconds.length);
      return answers;
    };
    const all = () => [vitrine.pid, ...descendants(vitrine.pid).map(({ pid }) => pid)];
    for (let name = 0; name < LOOKED_AT; name++)
      await load(vitrine.url, () => `/iiif/images/${name}.tif/${regionOf({ column: 0, row: 0 })}`, {
        seconds: 0.001,
        headers,
      });
    const { alone, server, stack, stackRendered } = await inTurn(rounds, {
      alone: () => rate('alone', () => [pyramids.pid], pyramids.base, native),
      server: () => rate('server', iipsrv.workers, iipsrv.base, rendered),
      stack: () => rate('stack', all, vitrine.url, whole, { headers }),
      stackRendered: () => rate('stackRendered', all, vitrine.url, less, { headers }),
    });
    const remark = (/** @type {[string, number[]][]} */ ...parts) =>
      parts
        .map(([name, rates]) => `${Math.round(median(rates))} a second, ${median(costs[name]).toFixed(2)} ms of a core`)
        .join('; ');
    return [
      {
        what: 'native tiles of the service alone ÷ rendered by IIPImage alone',
        value: ratio(alone, server),
        atLeast: 8,
        remark: remark(['alone', alone], ['server', server]),
      },
      {
        what: 'native tiles through the whole stack ÷ rendered by IIPImage alone',
        value: ratio(stack, server),
        atLeast: 20,
        remark: remark(['stack', stack], ['server', server]),
      },
      {
        what: 'through the whole stack: native tiles ÷ rendered by IIPImage',
        value: ratio(stack, stackRendered),
        atLeast: 20,
        remark: remark(['stack', stack], ['stackRendered', stackRendered]),
      },
    ];
  } finally {
    await Promise.all([vitrine.stop(), iipsrv.stop(), pyramids.stop()]);
  }
}

/**
 * All tiles of so many names, one after the other.
 * @param {{across: number, down: number}} grid
 * @param {number} names
 * @param {(tile: {name: number, column: number, row: number}) => string} address
 */
function inOrder({ across, down }, names, address) {
  let asked = 0;
  return () => {
    const index = asked++;
    const name = Math.floor(index / (across * down)) % names;
    return address({ name, column: index % across, row: Math.floor(index / across) % down });
  };
}

/**
 * What processes have computed so far, seconds of a core.
 * @param {number[]} pids
 */
function coreSeconds(pids) {
  /** Of the kernel: hundredths of a second. */
  const ticks = (/** @type {number} */ pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return Number(fields[11]) + Number(fields[12]);
    } catch {
      return 0; // it has ended meanwhile
    }
  };
  return pids.reduce((sum, pid) => sum + ticks(pid), 0) / 100;
}
