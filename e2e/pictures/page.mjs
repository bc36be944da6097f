import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpus } from './corpus.mjs';
import { prepareTries } from './tried.mjs';

/** @typedef {import('./tries.mjs').Outcome} Outcome */

export const DOCUMENT = join(import.meta.dirname, '../../docs/pictures.md');

const REASONS = new Map(
  corpus.map(({ name, expected }) => [name, 'because' in expected ? (expected.because ?? '') : '']),
);

/**
 * @param {readonly Outcome[]} outcomes of all files, in the order of the corpus
 * @returns {string} docs/pictures.md
 */
export function page(outcomes) {
  const served = outcomes.filter((one) => one.seconds !== undefined);
  const refused = outcomes.filter((one) => one.seconds === undefined);
  return `# Pictures

Put pictures in the folder: JPEG, TIFF, PNG, WebP, GIF, JPEG 2000, HEIC, AVIF and PDF. A file is looked at where its name
ends as that of a picture does (\`.jpg\`, \`.TIF\`), and what it is, its content says. One without such an ending is left
alone, and only \`vitrine pictures check\` names it: rename it. Every picture is served upright, in the right colours,
opaque (what is transparent is white); a TIFF, PDF, GIF, WebP or HEIC of several pictures is a folder of its pages (of at
most 5,000). Your files are never changed.

A file that is not served is named with the reason, in the log and on the page _Pictures_ of the panel.

These ${outcomes.length} files are made and tried by \`e2e/pictures/pictures.test.mjs\`, and this page is written by
\`node e2e/pictures/page.mjs --write\`. ${served.length} are served, ${refused.length} are not.

- **Served** says whether the file itself is given to the image server (as it is), or a pyramid was made of it.
- **Time** is how long the first reader would wait for all its pages, on a machine that does other things too.
- **Difference** is between what is served and what ImageMagick (I), Pillow (P) or Ghostscript (G) makes of the file: in
  the mean / at the worst place, of 255, where a place is 4 x 4 pixels. Compared are the largest and the smallest level
  of every page. 1 / 10 is the noise of JPEG. Where a file is served as it is and without JPEG, the image server reads
  it, and there is nothing to compare.
- CMYK without a profile means no certain colours. It is shown with the profile that libvips brings, and the others are
  asked with the same one.

## Served

| file | served | time | difference | note |
| --- | --- | --- | --- | --- |
${served.map(servedRow).join('\n')}

## Not served

| file | reason |
| --- | --- |
${refused.map(({ name, how }) => row([code(name), how.replace(/^not: /, '')])).join('\n')}
`;
}

/** @param {Outcome} outcome */
function servedRow({ name, how, seconds = 0, differences }) {
  const all = Object.entries(differences);
  const difference = all.map(([judge, { mean, most }]) => `${judge[0]} ${mean.toFixed(1)} / ${most}`).join(', ');
  return row([code(name), how, `${seconds.toFixed(1)} s`, difference, REASONS.get(name) ?? '']);
}

/** @param {readonly string[]} cells */
const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** @param {string} name */
const code = (name) => (name.includes('`') ? `\`\` ${name} \`\`` : `\`${name}\``);

/**
 * @param {string} text of the page
 * @returns {string} without what is different each time: seconds, and the last digits of differences
 */
export function lasting(text) {
  return text.replaceAll(/\| \d+\.\d s \| [^|]*\|/g, '|');
}

async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-pictures-'));
  try {
    const tries = await prepareTries(folder);
    /** @type {Map<string, Outcome>} */
    const outcomes = new Map();
    const waiting = corpus.values();
    const lane = async () => {
      for (const entry of waiting) {
        const outcome = await tries.attempt(entry);
        outcomes.set(entry.name, outcome);
        if (outcome.faults.length > 0) console.error(`${entry.name}: ${outcome.faults.join('; ')}`);
      }
    };
    await Promise.all([lane(), lane()]);
    await tries.service.stop();
    await writeFile(DOCUMENT, page(corpus.flatMap(({ name }) => outcomes.get(name) ?? [])));
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) {
  if (process.argv[2] !== '--write') throw new Error('Usage: node e2e/pictures/page.mjs --write');
  await main();
}
