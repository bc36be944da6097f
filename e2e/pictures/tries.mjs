import { mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from './judge.mjs';
import { CORNERS } from './make/pattern.mjs';

/** @typedef {import('./make/entry.mjs').Entry} Entry */
/** @typedef {import('../../pyramids/src/shared/facts.ts').Facts} Facts */
/** @typedef {import('../../pyramids/src/shared/facts.ts').Page} Page */
/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {string} how it is served, or why not
 * @property {number} [seconds] until the last page was ready
 * @property {Record<string, {mean: number, most: number}>} differences by judge, the largest of all pages and levels
 * @property {string[]} faults what is not as expected; empty if all is well
 */
/**
 * @typedef {object} Place
 * @property {import('./service.mjs').Pyramids} service
 * @property {string} images
 * @property {string} scratch a folder
 * @property {string} cmyk a profile
 */

/** A page is waited for so long. */
const SECONDS = 120;

/**
 * Has a file served and compares what comes with what other programs make of it.
 * @param {Entry} entry
 * @param {import('./service.mjs').Master} master
 * @param {Facts} facts
 * @param {Place} place
 * @returns {Promise<Outcome>}
 */
export async function tryEntry(entry, master, facts, place) {
  const began = performance.now();
  const outcome = await served(master, facts, place.service);
  const seconds = (performance.now() - began) / 1000;
  if (outcome.kind === 'refused') return refusal(entry, outcome.reason);
  const { expected, name } = entry;
  const how = howServed(outcome.pages);
  if (!('pages' in expected)) return { name, how, seconds, differences: {}, faults: [`it is served: ${how}`] };
  const faults = sizeFaults(outcome.pages, expected);
  const differences = faults.length > 0 ? {} : await compared(entry, expected, outcome, { ...place, faults });
  return { name, how, seconds, differences, faults };
}

/**
 * @param {import('./service.mjs').Master} master
 * @param {Facts} facts
 * @param {import('./service.mjs').Pyramids} service
 * @returns {Promise<{kind: 'refused', reason: string} | {kind: 'served', pages: readonly Page[], sources: string[]}>}
 */
async function served(master, facts, service) {
  if (facts.kind !== 'picture') return { kind: 'refused', reason: facts.reason };
  const sources = [];
  for (const page of facts.pages.slice(0, MOST_PAGES).keys()) {
    const readiness = await settled(service, master, page);
    if (readiness.kind !== 'ready') {
      return { kind: 'refused', reason: 'reason' in readiness ? readiness.reason : 'it is never ready' };
    }
    sources.push(readiness.source);
  }
  return { kind: 'served', pages: facts.pages, sources };
}

/** Of a file of thousands only the first are made. */
const MOST_PAGES = 12;

/**
 * @param {import('./service.mjs').Pyramids} service
 * @param {import('./service.mjs').Master} master
 * @param {number} page
 */
async function settled(service, master, page) {
  const end = Date.now() + SECONDS * 1000;
  for (;;) {
    const readiness = await service.ready(master, page, 10);
    // JPEG 2000 is shown by the image server until its pyramid is there.
    const meanwhile = readiness.kind === 'ready' && !readiness.source.endsWith('.tif');
    if ((readiness.kind !== 'making' && !meanwhile) || Date.now() > end) return readiness;
    if (meanwhile) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * @param {Entry} entry
 * @param {string} reason
 * @returns {Outcome}
 */
function refusal({ name, expected }, reason) {
  const right = 'reason' in expected ? expected.reason.test(reason) : expected.unless?.test(reason);
  // What is new may be unfinished: that depends on how fast the files were made.
  const lasting = reason.replace(/; perhaps it is just being written$/, '');
  return { name, how: `not: ${lasting}`, differences: {}, faults: right ? [] : [`it is not served: ${reason}`] };
}

/** @param {readonly Page[]} pages */
function howServed(pages) {
  const form = pages.every((page) => page.form === 'fit') ? 'as it is' : 'made';
  return pages.length === 1 ? form : `${form}, ${pages.length.toLocaleString('en')} pages`;
}

/**
 * @param {readonly Page[]} pages
 * @param {import('./make/entry.mjs').Served} expected
 */
function sizeFaults(pages, expected) {
  const sizes = (/** @type {readonly {width: number, height: number}[]} */ all) =>
    all.map(({ width, height }) => `${width}x${height}`).join(' ');
  const [found, wanted] = [sizes(pages), sizes(expected.pages)];
  const faults = found === wanted ? [] : [`its pages are ${found.slice(0, 200)}, not ${wanted.slice(0, 200)}`];
  for (const { form } of pages) if (form !== expected.form) return [...faults, `it is ${form}, not ${expected.form}`];
  return faults;
}

/**
 * @param {Entry} entry
 * @param {import('./make/entry.mjs').Served} expected
 * @param {{pages: readonly Page[], sources: string[]}} outcome
 * @param {Place & {faults: string[]}} place faults are added
 */
async function compared({ name }, expected, { pages, sources }, { service, images, scratch, cmyk, faults }) {
  const folder = await mkdtemp(join(scratch, 'tiles-'));
  try {
    /** @type {import('./judge.mjs').Question[]} */
    const questions = [];
    for (const [number, source] of sources.entries()) {
      const page = pages[number];
      if (!page.native) {
        // The image server reads the file itself; here it matters that it is that file.
        const target = await readlink(join(service.volume, source));
        if (target !== join(images, name)) faults.push(`${source} leads to ${target}`);
        continue;
      }
      for (const level of new Set([0, page.levels.length - 1])) {
        const tiles = await tilesOf(service, source, page, level, folder);
        const size = /** @type {const} */ ([page.width, page.height]);
        const shown = shownOf(page, level);
        const asked = {
          file: join(images, name),
          page: expected.pictures?.[number] ?? number,
          tiles,
          size,
          level,
          shown,
        };
        const judges = number < (expected.judged ?? sources.length) ? expected.judges : [];
        questions.push(...judges.map((judge) => ({ ...asked, judge })));
        if (expected.corners) questions.push({ ...asked, judge: null });
      }
    }
    const verdicts = questions.length === 0 ? [] : await judge(questions, cmyk);
    return weighed(questions, verdicts, expected, faults);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {readonly import('./judge.mjs').Question[]} questions
 * @param {readonly import('./judge.mjs').Verdict[]} verdicts
 * @param {import('./make/entry.mjs').Served} expected
 * @param {string[]} faults are added
 */
function weighed(questions, verdicts, expected, faults) {
  /** @type {Record<string, {mean: number, most: number}>} */
  const worst = {};
  for (const [index, { mean = 0, most = 0, corners, trouble }] of verdicts.entries()) {
    const { judge: program, page, level } = questions[index];
    const where = `picture ${page}, level ${level}`;
    if (trouble !== undefined) faults.push(`${where}: ${trouble}`);
    else if (program === null) faults.push(...cornerFaults(corners ?? [], where));
    else {
      const before = worst[program] ?? { mean: 0, most: 0 };
      worst[program] = { mean: Math.max(mean, before.mean), most: Math.max(most, before.most) };
      if (mean > expected.mean || most > expected.most) {
        faults.push(`${where} differs from ${program}: ${mean.toFixed(2)} in the mean, ${most} at most`);
      }
    }
  }
  return worst;
}

/**
 * @param {readonly (readonly number[])[]} corners
 * @param {string} where
 */
function cornerFaults(corners, where) {
  const far = (/** @type {readonly number[]} */ one, /** @type {readonly number[]} */ other) =>
    one.reduce((sum, value, channel) => sum + (value - other[channel]) ** 2, 0);
  return corners.flatMap((colour, index) => {
    const [nearest] = [...CORNERS.keys()].sort((a, b) => far(colour, CORNERS[a]) - far(colour, CORNERS[b]));
    return nearest === index ? [] : [`${where}: corner ${index} is rgb(${colour.join(', ')})`];
  });
}

/**
 * @param {Page} page
 * @param {number} level
 * @returns {[width: number, height: number]} pixels of the picture that a level holds; pyramids of others are rounded down
 */
function shownOf({ width, height, levels }, level) {
  const part = (/** @type {number} */ side) => Math.ceil(side / 2 ** level);
  return [Math.min(part(width), levels[level].width), Math.min(part(height), levels[level].height)];
}

/**
 * Fetches all tiles of a level, each cut to what it has of the picture.
 * @param {import('./service.mjs').Pyramids} service
 * @param {string} source
 * @param {Page} page
 * @param {number} level
 * @param {string} folder
 * @returns {Promise<[left: number, top: number, file: string][]>}
 */
async function tilesOf(service, source, page, level, folder) {
  /** @type {[number, number, string][]} */
  const tiles = [];
  const [width, height] = shownOf(page, level);
  for (let top = 0; top < height; top += page.tile.height) {
    for (let left = 0; left < width; left += page.tile.width) {
      const size = [Math.min(page.tile.width, width - left), Math.min(page.tile.height, height - top)];
      const address = `/tiles/${source}/${level}/${left / page.tile.width},${top / page.tile.height}/${size.join()}`;
      const { status, body, text } = await service.get(address);
      if (status !== 200) throw new Error(`${address} answers ${status}: ${text}`);
      const file = join(folder, `${source.slice(-12)}-${level}-${left}-${top}.jpg`);
      await writeFile(file, body);
      tiles.push([left, top, file]);
    }
  }
  return tiles;
}
