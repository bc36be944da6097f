import { statfs } from 'node:fs/promises';

/** Bytes. A login takes some thousand; a database that is cleaned up, more. */
const HARDLY_ANY = 1024 * 1024;

/** Whether the disk of a folder has no room for users other than root. */
export async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < HARDLY_ANY;
}
