import { Refused } from '../identity/errors.ts';
import { checkSpelling } from '../permissions/places.ts';
import { isSight, WRONG_SIGHT } from '../permissions/schema.ts';
import type { Share } from './share.ts';

/** What somebody says of a share link to be made. */
export type GivenShare = Pick<Share, 'name' | 'folder' | 'pixels' | 'people' | 'expiresAt'>;

/** No control characters: it stands in lists and in the log. */
const NAME = /^\P{C}{1,200}$/u;
const MOST_PEOPLE = 10_000;

/** The same, in one spelling. @throws Refused where it is wrong */
export function checkedShare({ name: typed, folder, pixels, people, expiresAt }: GivenShare, now: Date): GivenShare {
  const name = typed.trim().normalize('NFC');
  if (!NAME.test(name)) throw new Refused('name', 'Say for whom or what the link is, in one line of 200 characters.');
  checkSpelling('folder', folder);
  if (!isSight(pixels)) throw new Refused('sees', `What a link shows ${WRONG_SIGHT}.`);
  if (!Number.isInteger(people) || people < 1 || people > MOST_PEOPLE)
    throw new Refused('people', `The number of people is between 1 and ${MOST_PEOPLE}.`);
  if (Number.isNaN(expiresAt.getTime())) throw new Refused('until', 'The end is not a date: write 2027-07-01.');
  if (expiresAt <= now) throw new Refused('until', 'The end of a link has to be in the future.');
  return { name, folder, pixels, people, expiresAt };
}
