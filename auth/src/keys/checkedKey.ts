import { Refused } from '../identity/errors.ts';
import { isPlace, isSight, partsOf, WRONG_PATH, WRONG_SIGHT } from '../permissions/schema.ts';
import type { ApiKey } from './key.ts';

/** What somebody says of a key to be made. */
export type GivenKey = Pick<ApiKey, 'name' | 'folders' | 'pixels' | 'expiresAt'>;

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,99}$/u;
/** Each is looked at with each request. */
const MOST_FOLDERS = 100;

/** Where a path below the folder of images really lies; `undefined` where there is nothing of this name. */
export type RealOf = (path: readonly string[]) => Promise<readonly string[] | undefined>;

/** @throws Refused for a folder or an image that is not there, or is a link: a key counts where a file really lies */
export async function checkPlaces(folders: readonly string[], realOf: RealOf): Promise<void> {
  for (const folder of folders) {
    const real = await realOf(partsOf(folder));
    if (!real) throw new Refused('folders', `There is no "${folder}" below the folder of images, in this spelling.`);
    const there = real.join('/') || '.';
    if (there.normalize('NFC') !== folder.normalize('NFC'))
      throw new Refused('folders', `"${folder}" is a link, and opens nothing: name "${there}", where it leads.`);
  }
}

/** The same, in one spelling. @throws Refused where it is wrong */
export function checkedKey({ name: typed, folders, pixels, expiresAt }: GivenKey, now: Date): GivenKey {
  const name = typed.trim().normalize('NFC');
  if (!NAME.test(name)) {
    throw new Refused('name', 'A name has letters, digits, spaces, dots, hyphens and underscores: 100 at most.');
  }
  const wrong = folders.find((folder) => !isPlace(folder));
  if (wrong !== undefined) throw new Refused('folders', `"${wrong}" ${WRONG_PATH}.`);
  if (folders.length === 0) throw new Refused('folders', 'Name at least one folder, or . for all.');
  if (folders.length > MOST_FOLDERS) throw new Refused('folders', `A key is for ${MOST_FOLDERS} folders at most.`);
  if (!isSight(pixels)) throw new Refused('sees', `What a key sees ${WRONG_SIGHT}.`);
  if (Number.isNaN(expiresAt.getTime())) throw new Refused('until', 'The end is not a date: write 2027-07-01.');
  if (expiresAt <= now) throw new Refused('until', 'The end of a key has to be in the future.');
  return { name, folders: [...new Set(folders)], pixels, expiresAt };
}
