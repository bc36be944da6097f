// ./bench: measures and prints a table.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mustRun } from '../../test-support/command.mjs';
import { collection } from './collection.mjs';
import { decide } from './decide.mjs';
import { gate, WITH_A_WORLD } from './gate/gate.mjs';
import { growth, growthOnPostgres } from './gate/growth.mjs';
import { https } from './gate/https.mjs';
import { making } from './making.mjs';
import { memory } from './memory.mjs';
import { drawPhoto } from './pictures.mjs';
import { sweep } from './sweep.mjs';
import { isMet, tableOf } from './table.mjs';
import { tiles } from './tiles.mjs';

/**
 * @typedef {object} Bench
 * @property {string} folder for whatever is needed
 * @property {string} photo a JPEG in it
 * @property {number} rounds
 * @property {number} seconds of each measurement
 * @property {number} large megapixels of a large picture
 * @property {import('./gate/crowd.mjs').Crowd} crowd
 *
 * @typedef {object} Row
 * @property {string} what
 * @property {number} value what the goal is about
 * @property {'MB' | 's' | '/s'} [unit] a ratio has none
 * @property {number} [rate] answers a second
 * @property {number} [cost] microseconds of a core for an answer
 * @property {number} [ofRates] the same ratio of answers a second, where the value is one of costs
 * @property {number} [atLeast] the goal
 * @property {number} [atMost]
 * @property {string} [remark]
 */

/** @type {Record<string, (bench: Bench) => Promise<Row[]>>} */
const MEASURES = {
  decide,
  collection,
  https,
  tiles,
  making,
  sweep,
  memory,
  growth,
  'growth-postgresql': growthOnPostgres,
};
/** What is measured only if it is asked for: a rival is built for it, or it takes many minutes. */
const ON_DEMAND = ['peers', 'growth', 'growth-postgresql'];

const { wanted, write, megapixels, ...numbers } = read(process.argv.slice(2));
const commit = write ? await commitOf(import.meta.dirname) : '';
const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'));
await chmod(folder, 0o755); // what ./serve starts may run as another user
try {
  const photo = await drawPhoto(folder, megapixels);
  const bench = { folder, photo, ...numbers };
  const withWorld = wanted.filter((name) => WITH_A_WORLD.includes(name));
  /** @type {Row[]} */
  const rows = [];
  try {
    if (withWorld.length > 0) rows.push(...(await gate(bench, withWorld)));
    for (const name of wanted.filter((one) => one in MEASURES)) rows.push(...(await MEASURES[name](bench)));
  } finally {
    // Also where a measure fails: what was measured before it took minutes.
    if (rows.length > 0) console.log(tableOf(rows));
  }
  if (write) await keep(tableOf(rows), commit, numbers);
  process.exitCode = rows.every(isMet) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param {string[]} words */
function read(words) {
  const number = (/** @type {string} */ otherwise) => ({ type: /** @type {const} */ ('string'), default: otherwise });
  const {
    values: { write, ...texts },
    positionals,
  } = parse(words, {
    rounds: number('5'),
    seconds: number('2'),
    megapixels: number('24'),
    large: number('400'),
    users: number('100000'),
    images: number('1000000'),
    write: { type: 'boolean', default: false },
  });
  const known = [...WITH_A_WORLD, ...Object.keys(MEASURES)];
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) fail(`there is nothing to measure that is called ${unknown}`);
  const chosen = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]));
  const wrong = Object.entries(chosen).find(([, value]) => !(value > 0));
  if (wrong) fail(`--${wrong[0]} needs a number above 0`);
  const { rounds, seconds, megapixels, large, users, images } = chosen;
  const wanted = positionals.length > 0 ? positionals : known.filter((name) => !ON_DEMAND.includes(name));
  return { wanted, write: write === true, rounds, seconds, megapixels, large, crowd: { users, images } };
}

/**
 * @param {string[]} args
 * @param {Record<string, {type: 'string', default: string} | {type: 'boolean', default: boolean}>} options
 */
function parse(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return fail(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(`bench: ${message} (see --help)`);
  process.exit(2);
}

/**
 * Keeps a table with what it was measured on, in the documentation: `bench` itself is the command.
 * @param {string} table
 * @param {string} commit
 * @param {{rounds: number, seconds: number}} numbers
 */
async function keep(table, commit, { rounds, seconds }) {
  const folder = join(import.meta.dirname, '../../docs/bench-results');
  const now = new Date().toISOString();
  const cores = cpus();
  const machine = `${cores.length} × ${cores[0]?.model.trim() ?? 'a processor'}, node ${process.version}`;
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `${now.slice(0, 10)}.md`),
    `# Measured on ${now.slice(0, 10)}

\`./bench\` at ${now.slice(11, 16)} UTC, commit ${commit}: ${machine}; load ${loadavg()[0].toFixed(1)} in the end. The middle one of
${rounds} rounds of ${seconds} s. What the columns and goals mean: [performance](../operations/performance.md).

${table}
`,
  );
}

/**
 * @param {string} folder of a clone
 * @returns {Promise<string>} as git names it, with "-dirty" where files are changed
 */
async function commitOf(folder) {
  return (await mustRun('git', ['describe', '--always', '--dirty'], { cwd: folder })).toString().trim();
}
