/** What a live key opens; it counts for nothing elsewhere. */
export type KeyScope = {
  /** As the log and an explanation call it. */
  readonly name: string;
  /** Parts of the paths of folders and images, each of which is opened with everything below it. */
  readonly folders: readonly (readonly string[])[];
  /** Pixels on the longer side; `Infinity` for whole images. */
  readonly pixels: number;
  /** When it is over; milliseconds since 1970. */
  readonly until: number;
};

/** What a key can lack. */
export type KeyCriterion = 'the folder' | 'the time';

/** What a key lacks for what is at a path, at a time (milliseconds since 1970); nothing where it counts. */
export function failedOfKey({ folders, until }: KeyScope, path: readonly string[], now: number): KeyCriterion[] {
  const failed: KeyCriterion[] = [];
  if (!folders.some((folder) => holds(folder, path))) failed.push('the folder');
  if (now >= until) failed.push('the time');
  return failed;
}

/** Names are the same in whichever of its two ways an é is stored, as in the tree of rules. */
function holds(folder: readonly string[], path: readonly string[]): boolean {
  return folder.every((part, index) => part === path[index] || part.normalize('NFC') === path[index]?.normalize('NFC'));
}
