import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPrograms, startPostgres } from '../../../auth/test/support/postgres.ts';
import { descendants } from '../../../test-support/processes.mjs';
import { held } from '../memory.mjs';
import { median } from '../numbers.mjs';
import { RULES } from './crowd.mjs';
import { sequenceOfRow } from './gate.mjs';
import { startWorld } from './world.mjs';

/** Ways of which each costs the same however much there is. */
const WAYS = ['warm', 'panning', 'images', 'sessions', 'open', 'bearer', 'signed', 'refused'];

/**
 * Decisions of a server with many users, sessions and images beside those of an empty one.
 * @param {import('../main.mjs').Bench} bench
 */
export const growth = (bench) => grown(bench, 'SQLite');

/**
 * The same, with PostgreSQL.
 * @param {import('../main.mjs').Bench} bench
 */
export async function growthOnPostgres(bench) {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed (package postgresql)');
  const servers = [await startPostgres(programs), await startPostgres(programs)];
  try {
    const [few, many] = servers.map((server) => ({
      type: /** @type {const} */ ('postgres'),
      url: server.url('postgres'),
      programs,
    }));
    return await grown(bench, 'PostgreSQL', { few, many });
  } finally {
    await Promise.all(servers.map((server) => server.remove()));
  }
}

/**
 * @param {import('../main.mjs').Bench} bench
 * @param {string} database its name
 * @param {{few?: import('./crowd.mjs').Postgres, many?: import('./crowd.mjs').Postgres}} [stores]
 * @returns {Promise<import('../main.mjs').Row[]>}
 */
async function grown({ folder, photo, rounds, seconds, crowd }, database, { few, many } = {}) {
  const own = join(folder, `growth-${database}`);
  const [empty, full] = [
    await startWorld(join(own, 'empty'), photo, { postgres: few }),
    await startWorld(join(own, 'full'), photo, { crowd, postgres: many }),
  ];
  const both = [empty, full];
  const stop = () => Promise.all(both.map((world) => world.stop()));
  try {
    const memory = held(authOf(full.server.pids));
    const ratios = await costs(both, { folder: own, rounds, seconds });
    const worst = Object.entries(ratios).toSorted(([, a], [, b]) => a - b)[0];
    await stop();
    const [ofEmpty, ofFull] = [await startOf(empty), await startOf(full)];
    return [
      {
        what: `the costliest way with ${crowd.users} users, ${crowd.images} images and ${Math.min(crowd.images, RULES)} rules more, ${database}: an empty server ÷ it`,
        value: worst[1],
        atLeast: 0.9,
        remark: Object.entries(ratios)
          .map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`)
          .join(', '),
      },
      { what: `memory of auth then, ${database}`, value: memory, unit: 'MB', atMost: 150 },
      {
        what: `start of all services then, ${database}`,
        value: ofFull,
        unit: 's',
        atMost: 3,
        remark: `an empty server: ${ofEmpty.toFixed(1)} s; all of them share a core`,
      },
    ];
  } finally {
    await stop();
  }
}

/**
 * Seconds that a server takes to start, which was stopped.
 * @param {import('./world.mjs').World} world
 */
async function startOf({ start }) {
  const began = performance.now();
  const { stop } = await start();
  const seconds = (performance.now() - began) / 1000;
  await stop();
  return seconds;
}

/**
 * What an answer costs the first of two servers ÷ what it costs the second, by way.
 * @param {import('./world.mjs').World[]} worlds
 * @param {{folder: string, rounds: number, seconds: number}} options
 * @returns {Promise<Record<string, number>>}
 */
async function costs(worlds, { folder, rounds, seconds }) {
  /** @type {Record<string, number[]>} */
  const ratios = Object.fromEntries(WAYS.map((name) => [name, []]));
  const all = await Promise.all(
    WAYS.map(async (name) => ({
      name,
      sequences: await Promise.all(
        worlds.map((world, index) => sequenceOfRow(world, name, join(folder, `${name}-${index}.txt`))),
      ),
    })),
  );
  for (const { sequences } of all) {
    for (const sequence of sequences) {
      await sequence.look();
      await sequence.warm();
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { name, sequences } of all) {
      const [few, many] = [await sequences[0].run(seconds), await sequences[1].run(seconds)];
      ratios[name].push(few.cost / many.cost);
    }
  }
  return Object.fromEntries(Object.entries(ratios).map(([name, each]) => [name, median(each)]));
}

/**
 * @param {readonly number[]} pids of ./serve
 * @returns {number} the process of auth
 */
function authOf(pids) {
  const all = pids.flatMap((pid) => descendants(pid)).map(({ pid }) => pid);
  const found = all.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('auth/src/main.ts'));
  if (found === undefined) throw new Error('auth is not among the processes of ./serve');
  return found;
}
