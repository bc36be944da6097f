import { constants } from 'node:fs';
import { open, readlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { stateOf, type Master } from '../shared/master.ts';

/** A master that is open; or why it is not, in words. */
export type OpenedMaster =
  { readonly kind: 'open'; readonly file: FileHandle; readonly size: number; readonly modifiedAt: number } | Unopened;

/** `changing`: it is no more, or not yet, what was asked about. */
export type Unopened = { readonly kind: 'closed' | 'failing' | 'changing' | 'special'; readonly reason: string };

/** What was a file a moment ago may be a pipe by now, and to open one waits for its other end. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * Opens a master below a folder (absolute, without links). What is somewhere else because a link is in its path, is no
 * file, or is not in the state that was asked about is not opened. Whoever reads it asks {@link isStill} afterwards, and
 * closes it.
 */
export async function openMaster(folder: string, { path, state }: Omit<Master, 'key'>): Promise<OpenedMaster> {
  const whole = join(folder, path);
  if (!whole.startsWith(join(folder, '/'))) return changing;
  let file: FileHandle;
  try {
    file = await open(whole, FLAGS);
  } catch (error) {
    return unopened(error as NodeJS.ErrnoException);
  }
  try {
    const stats = await file.stat({ bigint: true });
    const there = await readlink(`/proc/self/fd/${file.fd}`);
    const refusal = !stats.isFile()
      ? ({ kind: 'special', reason: stats.isDirectory() ? 'it is a folder' : 'it is no ordinary file' } as const)
      : there !== whole || stateOf(stats) !== state
        ? changing
        : undefined;
    if (!refusal) return { kind: 'open', file, size: Number(stats.size), modifiedAt: Number(stats.mtimeMs) };
    await file.close();
    return refusal;
  } catch (error) {
    await file.close();
    return unopened(error as NodeJS.ErrnoException);
  }
}

/** Whether an open master is in the state that was asked about: what was read of it counts. */
export async function isStill(file: FileHandle, state: string): Promise<boolean> {
  return stateOf(await file.stat({ bigint: true })) === state;
}

/** Why a file cannot be opened or read. Throws what is no failure of the system. */
export function unopened(error: NodeJS.ErrnoException): Unopened {
  switch (error.code) {
    case undefined:
      throw error;
    case 'EACCES':
    case 'EPERM':
      return { kind: 'closed', reason: 'it may not be read' };
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
      return changing;
    case 'ENXIO':
      return { kind: 'special', reason: 'it is no ordinary file' };
    default:
      return { kind: 'failing', reason: `it cannot be read (${error.code})` };
  }
}

export const changing: Unopened = { kind: 'changing', reason: 'it is just being written' };
