import { readSync } from 'node:fs';
import { readHeader, type HeaderReading } from '../headers/read.ts';
import { ByteSource } from '../headers/source.ts';
import type { Master } from '../shared/master.ts';
import { changing, isStill, openMaster, unopened, type Unopened } from './openMaster.ts';

/** Milliseconds. Somebody may still be writing what is broken and was changed so shortly ago. */
const QUIET = 10_000;

export type FileReading = HeaderReading | Unopened;

/** Reads the header of a master below a folder. Runs in a child with limits, see `headerChild.ts`. */
export async function readFileHeader(folder: string, master: Omit<Master, 'key'>): Promise<FileReading> {
  const opened = await openMaster(folder, master);
  if (opened.kind !== 'open') return opened;
  const { file, size, modifiedAt } = opened;
  try {
    // Nothing else is done meanwhile, and to wait for a thread would take longer than the reading.
    const source = new ByteSource(size, (at, length) => {
      const buffer = Buffer.allocUnsafe(length);
      return buffer.subarray(0, readSync(file.fd, buffer, 0, length, at));
    });
    const reading = await readHeader(source);
    if (!(await isStill(file, master.state))) return changing;
    return reading.kind === 'damaged' ? perhapsChanging(reading.reason, modifiedAt) : reading;
  } catch (error) {
    return unopened(error as NodeJS.ErrnoException);
  } finally {
    await file.close();
  }
}

/** What is broken, unless it may be whole in a moment. `modifiedAt`: milliseconds. */
export function perhapsChanging(reason: string, modifiedAt: number): FileReading {
  return Math.abs(Date.now() - modifiedAt) < QUIET
    ? { kind: 'changing', reason: `${reason}; perhaps it is just being written` }
    : { kind: 'damaged', reason };
}
