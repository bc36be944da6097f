import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { broken } from './corpus/broken.mjs';
import { documents, heifs } from './corpus/documents.mjs';
import { jpeg } from './corpus/jpeg.mjs';
import { jpeg2000 } from './corpus/jpeg2000.mjs';
import { names } from './corpus/names.mjs';
import { tiffColour } from './corpus/tiffColour.mjs';
import { tiffLayout } from './corpus/tiffLayout.mjs';
import { tiffPages } from './corpus/tiffPages.mjs';
import { web } from './corpus/web.mjs';
import { prepare } from './make/makers.mjs';

/** Every file that is tried, and what is expected of it. */
export const corpus = Object.freeze([
  ...jpeg,
  ...tiffLayout,
  ...tiffColour,
  ...tiffPages,
  ...web,
  ...jpeg2000,
  ...heifs,
  ...documents,
  ...names,
  ...broken,
]);

const AT_ONCE = 3;

/**
 * Makes all files.
 * @param {string} folder
 * @param {readonly import('./make/entry.mjs').Entry[]} [entries]
 */
export async function makeCorpus(folder, entries = corpus) {
  const prepared = await mkdtemp(join(tmpdir(), 'vitrine-corpus-'));
  try {
    await prepare(prepared);
    const waiting = entries.values();
    const lane = async () => {
      for (const { name, make } of waiting) {
        const file = join(folder, name);
        await mkdir(dirname(file), { recursive: true });
        await make(file, prepared);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  } finally {
    await rm(prepared, { recursive: true });
  }
}

if (import.meta.main) {
  const [, , folder] = /** @type {(string | undefined)[]} */ (process.argv);
  if (folder === undefined) throw new Error('Usage: node e2e/pictures/corpus.mjs FOLDER');
  await makeCorpus(folder);
  console.log(`${corpus.length} files`);
}
