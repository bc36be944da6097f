import type { Overview } from './overview.ts';

/** Files that are named in one line. */
const NAMED = 3;

/**
 * How it stands with all pictures, in one line: `1,204 pictures in 31 folders: 1,180 ready, 21 being made, 3 cannot be
 * served: maps/a.tif (it is damaged), …`.
 */
export function summaryOf({ all, folders, unserved }: Overview): string {
  const { pictures, ready, beingMade } = all;
  if (pictures === 0) return 'There are no pictures in the folder of images yet';
  const parts = [`${counted(ready)} ready`];
  if (beingMade > 0) parts.push(`${counted(beingMade)} being made`);
  if (all.unserved > 0) parts.push(`${counted(all.unserved)} cannot be served: ${namesOf(unserved)}`);
  return `${counted(pictures)} ${word(pictures, 'picture')} in ${counted(folders.length)} ${word(folders.length, 'folder')}: ${parts.join(', ')}`;
}

/** `1,204`. */
export function counted(number: number): string {
  return number.toLocaleString('en');
}

/** Roughly, as people say it: `40 seconds`, `12 minutes`, `3 hours`. */
export function durationOf(seconds: number): string {
  const [unit, length] =
    seconds < 90 ? (['second', 1] as const) : seconds < 5400 ? (['minute', 60] as const) : (['hour', 3600] as const);
  const number = Math.max(1, Math.round(seconds / length));
  return `${counted(number)} ${word(number, unit)}`;
}

function word(number: number, one: string): string {
  return number === 1 ? one : `${one}s`;
}

function namesOf(unserved: Overview['unserved']): string {
  const named = unserved.slice(0, NAMED).map(({ file, reason }) => `${file} (${reason})`);
  return [...named, ...(unserved.length > NAMED ? ['…'] : [])].join(', ');
}
