import { copyFile, link, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../test-support/command.mjs';
import { withOrientation } from '../pictures/make/jpeg.mjs';
import { pdf } from '../pictures/make/pdf.mjs';
import { makePicture } from './picturesToMake.mjs';
import { pixelsOf } from './pixels.mjs';

/** Names, without their extension, that cannot be part of an address. */
export const unsafe = ['bang!', 'back\\slash', 'new\nline'];
/** Names, without their extension, that mean something in addresses, and are served all the same. */
export const awkward = ['per%cent', 'plus+', 'quest?', 'hash#', 'semi;', 'amp&', '100%25'];

/**
 * Fills a folder as real folders are: `box` with pictures of every kind and with everything that is none, `crate` with two
 * that are damaged in the middle. All pictures of one page show what `good.tif` shows, upright, 600 x 400 pixels.
 * @param {string} images
 * @param {string} outside another folder; links lead to it
 */
export async function fillMixedFolder(images, outside) {
  const inBox = (/** @type {string} */ name) => join(images, 'box', name);
  await mkdir(inBox(''));
  for (const name of [
    'good.tif',
    'good.jp2',
    'plain.jpg',
    'screen.png',
    'web.webp',
    'old.gif',
    'phone.heic',
    'new.avif',
  ]) {
    await makePicture(inBox(name));
  }
  await makePicture(inBox('untiled.tif'), { tiff: 'untiled' });
  const [tiff, jpeg2000] = await Promise.all(['good.tif', 'good.jp2'].map((name) => readFile(inBox(name))));
  await symlink('good.tif', inBox('inside.tif'));
  await copyFile(inBox('plain.jpg'), inBox('jpeg.tif'));
  await copyFile(inBox('good.jp2'), inBox('jpeg2000.tif'));
  await copyFile(inBox('good.tif'), inBox('tiff.jp2'));
  await copyFile(inBox('untiled.tif'), inBox('plain.tif.jpg'));
  await onItsSide(inBox('plain.jpg'), inBox('turned.jpg'));
  const picture = await pixelsOf(inBox('good.tif'));
  await writeFile(inBox('one.pdf'), pdf([{ picture }]));
  const size = { width: 300, height: 200 };
  await writeFile(inBox('book.pdf'), pdf([{ picture }, { size }, { picture }]));
  for (const name of awkward) await link(inBox('plain.jpg'), inBox(`${name}.jpg`));

  await writeFile(inBox('cut.tif'), tiff.subarray(0, tiff.length / 2));
  await writeFile(inBox('cut.jp2'), jpeg2000.subarray(0, 150));
  await mkdir(join(images, 'crate'));
  await writeFile(join(images, 'crate/half.jp2'), jpeg2000.subarray(0, jpeg2000.length / 2));
  await writeFile(join(images, 'crate/hole.tif'), Buffer.from(tiff).fill(0, 5000, 15_000));
  await writeFile(inBox('noise.tif'), Buffer.concat([tiff.subarray(0, 8), Buffer.alloc(5000, 0xa5)]));
  await writeFile(inBox('empty.tif'), '');
  await writeFile(inBox('empty.jp2'), '');
  await writeFile(inBox('text.tif'), 'This is a text.\n');
  await writeFile(inBox('text.jp2'), 'This is a text.\n');
  await writeFile(inBox('giant.tif'), giant());
  await copyFile(inBox('good.tif'), inBox('locked.tif'));

  for (const name of unsafe) await link(inBox('good.tif'), inBox(`${name}.tif`));

  await mkdir(inBox('folder.tif'));
  await makePicture(join(outside, 'secret.tif'));
  await symlink('nowhere.tif', inBox('dangling.tif'));
  await symlink('loop.tif', inBox('loop.tif'));
  await symlink(join(outside, 'secret.tif'), inBox('leaves.tif'));
  await symlink(outside, inBox('door'));
  await symlink('/dev/zero', inBox('zero.tif'));
  await mustRun('mkfifo', [inBox('pipe.tif')]);
  await age(images);
}

/**
 * Has every file below a folder be an hour old: of one that was just written, nobody knows whether it is whole.
 * @param {string} folder
 */
async function age(folder) {
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), hourAgo, hourAgo);
  }
}

/**
 * As a phone that is held upright stores a picture.
 * @param {string} upright
 * @param {string} file
 */
async function onItsSide(upright, file) {
  const between = `${file}.side.jpg`;
  await mustRun('vips', ['rot', upright, `${between}[strip]`, 'd270']);
  await writeFile(file, withOrientation(await readFile(between), 6));
  await rm(between);
}

/** A TIFF with one tile that says it is 2,000,000,000 pixels wide and high. */
function giant() {
  const side = 2_000_000_000;
  const tags = [
    [256, 4, side],
    [257, 4, side],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [277, 3, 1],
    [322, 4, 256],
    [323, 4, 256],
    [324, 4, 256],
    [325, 4, 65_536],
  ];
  const bytes = Buffer.alloc(256 + 65_536);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(tags.length, 8);
  for (const [index, [tag, type, value]] of tags.entries()) {
    const at = 10 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  return bytes;
}
