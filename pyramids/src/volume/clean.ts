import { opendir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateOf } from '../shared/master.ts';
import { readFailure, readNote } from './notes.ts';
import { walk, type Entry } from './walk.ts';

/** Milliseconds: a file and its note are written one after the other. */
const WITHOUT_NOTE = 60 * 60_000;

/**
 * Calls `remove` for every page whose master is gone or in another state, and for files without a note. A master is not
 * gone when its share is: then the folder where that hangs is empty, or cannot be read.
 */
export async function cleanVolume(
  volume: string,
  images: string,
  signal: AbortSignal,
  remove: (entry: Entry) => Promise<void>,
): Promise<void> {
  for await (const entry of walk(volume)) {
    if (signal.aborted) return;
    const note = await noteOf(volume, entry);
    if (note === undefined ? isAbandoned(entry) : await isOver(images, note)) await remove(entry);
  }
}

async function noteOf(volume: string, { base }: Entry): Promise<{ path: string; state: string } | undefined> {
  const read = async (ending: string): Promise<string> => readFile(join(volume, base + ending), 'utf8').catch(() => '');
  return readNote(await read('.json')) ?? readFailure(await read('.failed.json'));
}

function isAbandoned({ files }: Entry): boolean {
  return [...files.values()].every(({ changedAt }) => Date.now() - changedAt > WITHOUT_NOTE);
}

async function isOver(images: string, { path, state }: { path: string; state: string }): Promise<boolean> {
  const whole = join(images, path);
  try {
    return stateOf(await stat(whole, { bigint: true })) !== state;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return (code === 'ENOENT' || code === 'ENOTDIR') && (await holdsSomething(images, dirname(whole)));
  }
}

/** Whether the nearest folder that is there holds anything: an empty one may be where a share hangs that is gone. */
async function holdsSomething(images: string, folder: string): Promise<boolean> {
  try {
    const directory = await opendir(folder);
    const first = await directory.read();
    await directory.close();
    return first !== null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isGone = code === 'ENOENT' || code === 'ENOTDIR';
    return isGone && folder !== images && (await holdsSomething(images, dirname(folder)));
  }
}
