import { Refused } from '../identity/errors.ts';
import { checkSpelling } from '../permissions/places.ts';
import { isSight, WRONG_SIGHT } from '../permissions/schema.ts';
import type { ApiKey } from './key.ts';

/** What somebody says of a key to be made. */
export type GivenKey = Pick<ApiKey, 'name' | 'folders' | 'pixels' | 'expiresAt'>;

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,99}$/u;
/** Each is looked at with each request. */
const MOST_FOLDERS = 100;

/** The same, in one spelling. @throws Refused where it is wrong */
export function checkedKey({ name: typed, folders, pixels, expiresAt }: GivenKey, now: Date): GivenKey {
  const name = typed.trim().normalize('NFC');
  if (!NAME.test(name)) {
    throw new Refused('name', 'A name has letters, digits, spaces, dots, hyphens and underscores: 100 at most.');
  }
  for (const folder of folders) checkSpelling('folders', folder);
  if (folders.length === 0) throw new Refused('folders', 'Name at least one folder, or . for all.');
  if (folders.length > MOST_FOLDERS) throw new Refused('folders', `A key is for ${MOST_FOLDERS} folders at most.`);
  if (!isSight(pixels)) throw new Refused('sees', `What a key sees ${WRONG_SIGHT}.`);
  if (Number.isNaN(expiresAt.getTime())) throw new Refused('until', 'The end is not a date: write 2027-07-01.');
  if (expiresAt <= now) throw new Refused('until', 'The end of a key has to be in the future.');
  return { name, folders: [...new Set(folders)], pixels, expiresAt };
}
