import type { Status } from '../pyramids/answers.ts';
import type { FolderCensus, Unserved } from './census.ts';

/** Pictures (pages, of files that have several) by what a reader gets of them. */
type Counts = {
  readonly pictures: number;
  readonly ready: number;
  readonly beingMade: number;
  readonly unserved: number;
};

type FolderOverview = Counts & { readonly folder: string };

/** How it stands with all pictures. */
export type Overview = {
  readonly all: Counts;
  /** Those that hold any, by their paths. */
  readonly folders: readonly FolderOverview[];
  readonly unserved: readonly Unserved[];
  /** Until all is made; `undefined` where nobody can say. */
  readonly secondsLeft: number | undefined;
  /** Bytes. */
  readonly taken: number;
  /** Bytes. */
  readonly room: number;
};

/** What the last survey found, with what `pyramids` says now. */
export function overviewOf(census: readonly FolderCensus[], status: Status): Overview {
  const failed = Map.groupBy(status.failed.map(unservedOf), ({ file }) => folderOf(file));
  const folders = census
    .map(({ folder, pictures, unserved }): FolderOverview & { readonly names: readonly Unserved[] } => {
      // A file of one page that failed is found unserved by the next survey.
      const named = [...(failed.get(folder) ?? []), ...unserved].map((one) => [one.file, one] as const);
      const names = [...new Map(named).values()];
      const found = pictures + unserved.length;
      const beingMade = Math.min(status.waiting[folder] ?? 0, pictures);
      return {
        folder,
        pictures: found,
        beingMade,
        unserved: names.length,
        ready: readyOf(found, beingMade, names),
        names,
      };
    })
    .filter(({ pictures }) => pictures > 0)
    .sort((one, other) => (one.folder < other.folder ? -1 : 1));
  const sum = (count: keyof Counts): number => folders.reduce((all, folder) => all + folder[count], 0);
  return {
    all: { pictures: sum('pictures'), ready: sum('ready'), beingMade: sum('beingMade'), unserved: sum('unserved') },
    folders: folders.map(({ names: _, ...folder }) => folder),
    unserved: folders.flatMap(({ names }) => names),
    secondsLeft: status.secondsLeft,
    taken: status.bytes,
    room: status.room,
  };
}

/** What failed may be counted a moment before it is gone from what waits. */
function readyOf(pictures: number, beingMade: number, names: readonly Unserved[]): number {
  return Math.max(0, pictures - beingMade - names.length);
}

function unservedOf({ path, page, reason, remedy }: Status['failed'][number]): Unserved {
  return { file: page === 0 ? path : `${path}!${page + 1}`, reason, remedy };
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}
