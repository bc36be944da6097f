import { copyFile, link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from './command.mjs';
import { makePicture } from './picturesToMake.mjs';

/** Names, without their extension, that cannot be part of an address. */
export const unsafe = ['per%cent', 'plus+', 'quest?', 'hash#', 'semi;', 'amp&', 'bang!', 'back\\slash', 'new\nline'];

/**
 * Fills a folder as real folders are: `box` with good images and with everything that is none, `crate` with two that are
 * damaged in the middle.
 * @param {string} images
 * @param {string} outside another folder; links lead to it
 */
export async function fillBadFolder(images, outside) {
  const inBox = (name) => join(images, 'box', name);
  await mkdir(inBox(''));
  await makePicture(inBox('good.tif'));
  await makePicture(inBox('good.jp2'));
  const [tiff, jpeg2000] = await Promise.all(['good.tif', 'good.jp2'].map((name) => readFile(inBox(name))));
  await symlink('good.tif', inBox('inside.tif'));

  await makePicture(inBox('plain.jpg'));
  await makePicture(inBox('screen.png'));
  await makePicture(inBox('untiled.tif'), { tiff: 'untiled' });
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
  await copyFile(inBox('plain.jpg'), inBox('jpeg.tif'));
  await copyFile(inBox('good.jp2'), inBox('jpeg2000.tif'));
  await copyFile(inBox('good.tif'), inBox('tiff.jp2'));
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
