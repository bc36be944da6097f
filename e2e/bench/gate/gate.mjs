import { join } from 'node:path';
import { ask } from '../../../test-support/ask.mjs';
import { median, ratio } from '../numbers.mjs';
import { flood } from './flood.mjs';
import { startPeers } from './peers/peers.mjs';
import { ROWS } from './rows.mjs';
import { sequenceOf } from './sequence.mjs';
import { startWorld } from './world.mjs';

/** Of the seconds of a measurement, for bare nginx beside it. */
const BESIDE = 0.5;

/** What a rival is asked, and how many times cheaper ours has to be. */
const AGAINST = { warm: 4, panning: 2 };

/** @typedef {import('./sequence.mjs').Measured} Measured */
/** @typedef {Awaited<ReturnType<typeof sequenceOf>>} Sequence */
/** @typedef {{own: Measured, bare: Measured}} Round */

export const WITH_A_WORLD = [...Object.keys(ROWS), 'flood', 'peers'];

/**
 * What a decision costs, on each way, beside nginx that sends the same tile as a file and asks nobody; and all that needs
 * the same images and readers.
 * @param {import('../main.mjs').Bench} bench
 * @param {readonly string[]} wanted of `WITH_A_WORLD`
 * @returns {Promise<import('../main.mjs').Row[]>}
 */
export async function gate(bench, wanted) {
  const own = join(bench.folder, 'gate');
  const world = await startWorld(own, bench.photo);
  try {
    const peers = wanted.includes('peers') ? await startPeers(join(own, 'peers'), world.tiles) : [];
    try {
      const names = Object.keys(ROWS).filter((name) => wanted.includes(name) || (peers.length > 0 && name in AGAINST));
      const rows = names.length > 0 ? await decisions(world, peers, names, own, bench) : [];
      return wanted.includes('flood') ? [...rows, await flood(world, own, bench)] : rows;
    } finally {
      await Promise.all(peers.map((peer) => peer.stop()));
    }
  } finally {
    await world.stop();
  }
}

/**
 * @param {import('./world.mjs').World} world
 * @param {readonly import('./peers/peers.mjs').Peer[]} peers
 * @param {readonly string[]} names of rows
 * @param {string} folder
 * @param {{rounds: number, seconds: number}} bench
 * @returns {Promise<import('../main.mjs').Row[]>}
 */
async function decisions(world, peers, names, folder, { rounds, seconds }) {
  const file = (/** @type {string} */ name) => join(folder, `${name}.txt`);
  const bare = await sequenceOf('bare nginx', world.bare, file('bare'), [{ path: '/0.jpg', body: world.tiles[0] }]);
  const own = await Promise.all(names.map((name) => sequenceOfRow(world, name, file(name))));
  const rivals = await Promise.all(
    peers.flatMap((peer, number) =>
      Object.entries(AGAINST).map(async ([name, atLeast]) => ({
        name,
        atLeast,
        peer,
        sequence: await sequenceOfPeer(world, peer, name, file(`${name}-${number}`)),
      })),
    ),
  );
  const sequences = [...own, ...rivals.map(({ sequence }) => sequence)];
  for (const sequence of [bare, ...sequences]) await sequence.look();
  for (const sequence of [bare, ...sequences]) await sequence.warm();
  /** @type {Map<Sequence, Round[]>} */
  const measured = new Map(sequences.map((sequence) => [sequence, []]));
  for (let round = 0; round < rounds; round++) {
    for (const sequence of sequences) {
      const beside = await bare.run(BESIDE * seconds);
      measured.get(sequence)?.push({ bare: beside, own: await sequence.run(seconds) });
    }
  }
  for (const sequence of sequences) await sequence.look();
  const roundsOf = (/** @type {Sequence} */ sequence) => measured.get(sequence) ?? [];
  return [
    ...names.map((name, index) => rowOf(ROWS[name], roundsOf(own[index]))),
    ...rivals.map(({ name, atLeast, peer, sequence }) => {
      const costs = (/** @type {Sequence} */ one) => roundsOf(one).map((round) => round.own.cost);
      if (peer.isFloor) return rowOf({ what: `${name}: ${peer.name}` }, roundsOf(sequence));
      return {
        what: `${name} ÷ ${peer.name}`,
        value: ratio(costs(sequence), costs(own[names.indexOf(name)])),
        atLeast,
        rate: median(roundsOf(sequence).map((round) => round.own.rate)),
        cost: median(costs(sequence)),
        remark: 'answers and costs are those of the rival',
      };
    }),
  ];
}

/**
 * @param {import('./world.mjs').World} world
 * @param {string} name
 * @param {string} file
 */
export async function sequenceOfRow(world, name, file) {
  const { status, of, isNew, requests } = ROWS[name];
  const asked = requests(world);
  const body =
    of === 'document' ? (await ask(world.server.base, asked[0].path, { headers: asked[0].headers })).body : undefined;
  const expected = asked.map(({ tile = 0, ...request }) => ({
    ...request,
    body: status === undefined ? (body ?? world.tiles[tile]) : undefined,
  }));
  return sequenceOf(name, world.server, file, expected, { status, isNew });
}

/**
 * @param {import('./world.mjs').World} world
 * @param {import('./peers/peers.mjs').Peer} peer
 * @param {string} name of a row
 * @param {string} file
 */
function sequenceOfPeer({ tiles }, { name: peer, server, cookie }, name, file) {
  const asked = (name === 'warm' ? tiles.slice(0, 1) : tiles).map((body, tile) => ({
    path: `/${tile}.jpg`,
    headers: { cookie },
    body,
  }));
  return sequenceOf(`${name}, ${peer}`, server, file, asked);
}

/**
 * @param {Pick<import('./rows.mjs').Row, 'what' | 'unit'> & {atLeast?: number}} row
 * @param {readonly Round[]} rounds
 * @returns {import('../main.mjs').Row}
 */
function rowOf({ what, atLeast, unit }, rounds) {
  const middle = (/** @type {(round: Round) => number} */ number) => median(rounds.map(number));
  const rate = middle(({ own }) => own.rate);
  return {
    what,
    rate,
    cost: middle(({ own }) => own.cost),
    ofRates: unit ? undefined : middle(({ own, bare }) => own.rate / bare.rate),
    value: unit ? rate : middle(({ own, bare }) => bare.cost / own.cost),
    unit,
    atLeast,
    remark: `bare nginx: ${Math.round(middle(({ bare }) => bare.rate))} a second, ${middle(({ bare }) => bare.cost).toFixed(0)} µs`,
  };
}
