import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { corpus, makeCorpus } from './corpus.mjs';
import { assumedProfile } from './judge.mjs';
import { masterOf, startPyramids } from './service.mjs';
import { tryEntry } from './tries.mjs';

/** @typedef {import('./make/entry.mjs').Entry} Entry */
/** @typedef {import('./tries.mjs').Outcome} Outcome */

/**
 * Makes the corpus and starts the service on it.
 * @param {string} folder empty
 * @param {readonly Entry[]} [entries]
 */
export async function prepareTries(folder, entries = corpus) {
  const [images, volume, scratch] = ['images', 'volume', 'scratch'].map((name) => join(folder, name));
  for (const one of [images, volume, scratch]) await mkdir(one);
  await makeCorpus(images, entries);
  const service = await startPyramids({ images, volume });
  try {
    const masters = await Promise.all(entries.map(({ name }) => masterOf(images, name)));
    const facts = await service.facts(masters);
    const cmyk = await assumedProfile(scratch);
    const place = { service, images, scratch, cmyk };
    const known = new Map(entries.map(({ name }, index) => [name, { master: masters[index], facts: facts[index] }]));
    return {
      ...place,
      /** @type {(entry: Entry) => Promise<Outcome>} */
      attempt: (entry) => {
        const found = known.get(entry.name);
        if (found === undefined) throw new Error(`no ${entry.name} was made`);
        return tryEntry(entry, found.master, found.facts, place);
      },
    };
  } catch (error) {
    await service.stop();
    throw error;
  }
}
