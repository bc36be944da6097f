import { readMoment } from '../shared/dates.ts';
import { UsageError } from './command.ts';

/** Milliseconds since 1970. @throws UsageError, with the name of the option, where it is no date */
export function momentOf(option: string, typed: string): number {
  const moment = readMoment(typed);
  if (moment !== undefined) return moment;
  throw new UsageError(`${option} ${typed} is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00.`);
}
