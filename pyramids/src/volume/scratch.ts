import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../children/run.ts';

const LIMITS = { seconds: 10, cpuSeconds: 5, memory: 1e8, fileSize: 1e6, niceness: 0 };

/**
 * A folder of our own for what is being made, below `.making/` of the volume. While this process lives it holds a lock
 * (flock) in it, so that another service on the same volume leaves it alone, and removes it when this one was killed.
 */
export class Scratch {
  readonly path: string;
  readonly #lock: FileHandle;

  private constructor(path: string, lock: FileHandle) {
    this.path = path;
    this.#lock = lock;
  }

  static async open(volume: string): Promise<Scratch> {
    for (;;) {
      const path = join(volume, '.making', randomBytes(8).toString('hex'));
      await mkdir(path, { recursive: true });
      const lock = await open(join(path, 'lock'), 'wx');
      // Who removed it between the two lines took it for one that a dead service has left.
      if ((await isLocked(lock)) && (await isThere(lock, path))) return new Scratch(path, lock);
      await lock.close();
    }
  }

  /** Removes what services that are dead have left. */
  async removeLeftovers(): Promise<void> {
    const parent = join(this.path, '..');
    for (const name of await readdir(parent)) {
      const path = join(parent, name);
      if (path === this.path) continue;
      const lock = await open(join(path, 'lock'), 'r').catch(() => undefined);
      const isDead = lock === undefined ? await isOld(path) : await isLocked(lock);
      if (isDead) await rm(path, { recursive: true, force: true });
      await lock?.close();
    }
  }

  async close(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await this.#lock.close();
  }
}

/** Locks an open file for as long as it is open here. The lock belongs to the open file, not to the program that asked for it. */
async function isLocked(file: FileHandle): Promise<boolean> {
  const ending = await run([{ program: 'flock', args: ['--nonblock', '3'] }], { limits: LIMITS, files: [file.fd] });
  return ending.kind === 'done';
}

async function isThere(lock: FileHandle, folder: string): Promise<boolean> {
  const [ours, theirs] = [await lock.stat(), await stat(join(folder, 'lock')).catch(() => undefined)];
  return theirs?.ino === ours.ino;
}

/** Between its folder and its lock a service needs milliseconds. */
const WITHOUT_LOCK = 60_000;

async function isOld(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > WITHOUT_LOCK;
}
