import type { BigIntStats } from 'node:fs';

/**
 * Names the state of a file, in as many words as the file system has for it. The length and the time of the last change
 * are not enough: `rsync -a`, `cp -p` and a restored backup bring another picture of the same length with the time of
 * the old one. Nothing but the file system itself sets the change time; where a share has none of its own (SSH, vfat),
 * the number of the file (inode) differs, because what replaces a file by its name is another file.
 *
 * Both also change where the picture does not: `chmod` sets the change time, and some shares give their files new numbers
 * each time they are mounted. That costs new tiles; the other way round would cost a wrong picture.
 */
export function stateOf({ mtimeNs, ctimeNs, size, ino }: BigIntStats): string {
  return [mtimeNs, ctimeNs, size, ino].join(' ');
}

/** Names the state of a folder: it changes with the names in it, not with what its files hold. */
export function folderStateOf({ dev, ino, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, mtimeNs, ctimeNs].join(' ');
}
