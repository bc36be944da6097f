import { Refused } from '../identity/errors.ts';
import { meantPlace } from './meantPlace.ts';
import { isPlace, partsOf, WRONG_PATH } from './schema.ts';

/** Where a path below the folder of images really lies; `undefined` where there is nothing of this name. */
export type RealOf = (path: readonly string[]) => Promise<readonly string[] | undefined>;

/** @throws Refused, at a field, for what is not the path of a folder or an image */
export function checkSpelling(field: string, place: string): void {
  if (!isPlace(place)) throw new Refused(field, `"${place}" ${WRONG_PATH}${meantPlace(place)}.`);
}

/** @throws Refused, at a field, for a folder or an image that is not there, or is a link: rights count where it really lies */
export async function checkPlace(field: string, place: string, realOf: RealOf): Promise<void> {
  const real = await realOf(partsOf(place));
  if (!real) throw new Refused(field, `There is no "${place}" below the folder of images, in this spelling.`);
  const there = real.join('/') || '.';
  if (there.normalize('NFC') !== place.normalize('NFC'))
    throw new Refused(field, `"${place}" is a link, and opens nothing: name "${there}", where it leads.`);
}
