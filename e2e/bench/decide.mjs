// The decision itself, in this process: nothing is asked of a server.
import { decide as decideOn } from '../../auth/src/access/decide.ts';
import { RuleTree } from '../../auth/src/access/ruleTree.ts';
import { anonymous } from '../../auth/src/access/subject.ts';
import { readAccessValue } from '../../auth/src/permissions/accessFile.ts';
import { inTurn, median, ratio } from './numbers.mjs';

const FEW = 10;
const SIZES = [FEW, 1000, 100_000];
/** Images that are asked for, of as many folders at random as there are visits. */
const IMAGES = 100_000;
/** How many of them a visitor of a folder asks for. */
const VISITS = { 'another folder each time': 1, 'twenty images of a folder': 20 };

/** What rules say; each stands in as many folders as each other. */
const SAID = ['everyone', 'users', 'nobody', [{ who: 'everyone', sees: 600 }, { who: { roles: ['staff'] } }]];

/** @type {import('../../auth/src/access/subject.ts').Subject} */
export const reader = {
  ...anonymous,
  address: '192.0.2.1',
  kind: 'user',
  id: 'reader',
  email: 'reader@example.org',
  active: true,
  roles: ['staff'],
};

/**
 * Decisions with few rules, and with many.
 * @param {Pick<import('./main.mjs').Bench, 'rounds' | 'seconds'>} bench
 * @returns {Promise<import('./main.mjs').Row[]>}
 */
export async function decide({ rounds, seconds }) {
  const trees = new Map(SIZES.map((size) => [size, treeOf(size)]));
  const ways = Object.entries(VISITS).flatMap(([visit, images]) =>
    SIZES.map((size) => ({ visit, size, questions: questionsAmong(size, images) })),
  );
  const name = (/** @type {string} */ visit, /** @type {number} */ size) => `${visit} ${size}`;
  const things = Object.fromEntries(
    ways.map(({ visit, size, questions }) => [
      name(visit, size),
      () => Promise.resolve(costOf(/** @type {RuleTree} */ (trees.get(size)), questions, seconds)),
    ]),
  );
  await inTurn(1, things); // what is compiled by then is
  const costs = await inTurn(rounds, things);
  return ways.map(({ visit, size }) => {
    const [few, cost] = [costs[name(visit, FEW)], costs[name(visit, size)]];
    return {
      what: `decide with ${size} rules, ${visit}`,
      value: ratio(few, cost),
      ...(size !== FEW && { atLeast: 0.8 }),
      rate: 1e6 / median(cost),
      remark: `${median(cost).toFixed(2)} µs`,
    };
  });
}

/** @param {number} size */
function treeOf(size) {
  const folders = Object.fromEntries(
    Array.from({ length: size }, (_, folder) => [placeOf(folder).join('/'), SAID[folder % SAID.length]]),
  );
  const read = readAccessValue({ networks: {}, folders }, 'bench');
  if (read.kind === 'wrong') throw new Error(read.faults.map(({ message }) => message).join('\n'));
  return new RuleTree(read.rules);
}

/** @param {number} folder */
const placeOf = (folder) => ['archive', `year ${folder % 100}`, `folder ${folder}`];

/**
 * @param {number} folders
 * @param {number} images of one of them, one after the other
 * @returns {import('../../auth/src/access/resource.ts').Resource[]}
 */
function questionsAmong(folders, images) {
  return Array.from({ length: IMAGES / images }, () => Math.floor(Math.random() * folders)).flatMap((folder) =>
    Array.from({ length: images }, (_, image) => {
      // Texts of their own, as those of requests are.
      const path = [...placeOf(folder), `page ${image}.tif`].map((part) => Buffer.from(part).toString());
      return { kind: /** @type {const} */ ('image'), path };
    }),
  );
}

/**
 * Microseconds for a decision.
 * @param {RuleTree} rules
 * @param {readonly import('../../auth/src/access/resource.ts').Resource[]} questions
 * @param {number} seconds at least
 */
function costOf(rules, questions, seconds) {
  const began = performance.now();
  let [took, asked, refused] = [0, 0, 0];
  while (took < seconds * 1000) {
    for (const question of questions) if (decideOn(reader, question, rules, 0).kind !== 'allowed') refused++;
    asked += questions.length;
    took = performance.now() - began;
  }
  // A quarter of the folders is closed; where the draw is small, more or fewer of what is asked for.
  if (refused === 0 || refused > asked / 2) throw new Error(`${refused} of ${asked} are refused`);
  return (took * 1000) / asked;
}
