/** What a live key or share link opens, whatever the rules say; it counts for nothing elsewhere. */
export type Scope = {
  /** As the log and an explanation call it: `the key "harvester"`. */
  readonly name: string;
  /** Parts of the paths of folders and images, each of which is opened with everything below it. */
  readonly folders: readonly (readonly string[])[];
  /** Pixels on the longer side; `Infinity` for whole images. */
  readonly pixels: number;
  /** When it is over; milliseconds since 1970. */
  readonly until: number;
};

/** What a scope can lack. */
export type ScopeCriterion = 'the folder' | 'the time';

/** What a scope lacks for what is at a path, at a time (milliseconds since 1970); nothing where it counts. */
export function failedOfScope({ folders, until }: Scope, path: readonly string[], now: number): ScopeCriterion[] {
  const failed: ScopeCriterion[] = [];
  if (!folders.some((folder) => holds(folder, path))) failed.push('the folder');
  if (now >= until) failed.push('the time');
  return failed;
}

/** Names are the same in whichever of its two ways an é is stored, as in the tree of rules. */
function holds(folder: readonly string[], path: readonly string[]): boolean {
  return folder.every((part, index) => part === path[index] || part.normalize('NFC') === path[index]?.normalize('NFC'));
}
