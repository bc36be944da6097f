import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../../test-support/command.mjs';
import { pdf } from './pdf.mjs';
import { ppm, pattern, stored } from './pattern.mjs';

/** @typedef {(file: string, prepared: string) => Promise<unknown>} Maker writes a file; `prepared` is the folder of {@link prepare} */

/** Pages of one document: each of another size. */
export const PAGES = [
  { width: 700, height: 500 },
  { width: 500, height: 700 },
  { width: 420, height: 300 },
];

/** Where Debian's Ghostscript keeps profiles. */
export const PROFILES = '/usr/share/color/icc/ghostscript';

const DEBIAN = '/usr/bin/python3'; // whatever else is called so: only that one finds Debian's Pillow

/**
 * Writes what the commands of the makers begin with: `pattern.ppm`, `page1.ppm` …, `orientation1.ppm` …, `negative.ppm`, `large.ppm`, `photo.jpg`, `page.pdf`.
 * @param {string} folder
 */
export async function prepare(folder) {
  const picture = pattern();
  await writeFile(join(folder, 'pattern.ppm'), ppm(picture));
  for (const [index, size] of PAGES.entries()) {
    await writeFile(join(folder, `page${index + 1}.ppm`), ppm(pattern({ ...size, page: index + 1 })));
  }
  for (let o = 1; o <= 8; o += 1) await writeFile(join(folder, `orientation${o}.ppm`), ppm(stored(picture, o)));
  await writeFile(
    join(folder, 'negative.ppm'),
    ppm({ ...picture, bytes: Buffer.from(picture.bytes.map((value) => 255 - value)) }),
  );
  await writeFile(join(folder, 'large.ppm'), ppm(pattern({ width: 2100, height: 1500 })));
  await writeFile(join(folder, 'page.pdf'), pdf([{ picture }]));
  await magick('pattern.ppm', '-quality', '92', 'jpg:FILE')(join(folder, 'photo.jpg'), folder);
}

/**
 * @param {string} command
 * @param {readonly string[]} parameters FILE in them stands for the file that is made; a command runs among what is prepared
 * @returns {Maker}
 */
export function run(command, ...parameters) {
  return (file, prepared) =>
    mustRun(
      command,
      parameters.map((one) => one.replaceAll('FILE', () => file)),
      { cwd: prepared, seconds: 120 },
    );
}

/**
 * ImageMagick, without the time of making in the file.
 * @param {readonly string[]} parameters
 */
export const magick = (...parameters) =>
  run('convert', ...parameters.slice(0, -1), '-define', 'png:exclude-chunk=date,time', ...parameters.slice(-1));

/** @param {readonly string[]} parameters */
export const vips = (...parameters) => run('vips', ...parameters);

/**
 * Pillow.
 * @param {object} job what pillow.py understands
 */
export const pillow = (job) =>
  run(DEBIAN, join(import.meta.dirname, 'pillow.py'), JSON.stringify({ ...job, to: 'FILE' }));

/**
 * @param {() => Buffer | string} content
 * @returns {Maker}
 */
export function write(content) {
  return (file) => writeFile(file, content());
}

/**
 * @param {string} name of something prepared
 * @returns {Maker}
 */
export function copy(name) {
  return (file, prepared) => copyFile(join(prepared, name), file);
}

/**
 * One after the other on the same file.
 * @param {readonly Maker[]} makers
 * @returns {Maker}
 */
export function inTurn(...makers) {
  return async (file, prepared) => {
    for (const make of makers) await make(file, prepared);
  };
}

/**
 * Changes what a maker has made.
 * @param {Maker} make
 * @param {(bytes: Buffer) => Buffer} change
 * @returns {Maker}
 */
export function changed(make, change) {
  return async (file, prepared) => {
    await make(file, prepared);
    await writeFile(file, change(await readFile(file)));
  };
}
