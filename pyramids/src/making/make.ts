import { rm, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Limits } from '../children/limits.ts';
import { run, type Ending } from '../children/run.ts';
import { pyramidOf } from '../shared/pyramid.ts';
import type { PageSource } from '../shared/source.ts';
import { PyramidFile } from '../tiles/pyramidFile.ts';
import { secondBetween, stepsOf, uprightSize, type Manner } from './steps.ts';
import { FULL, meaningOf } from './words.ts';

/** A master that is open, and where on the volume its pyramid is made: a folder of our own, and a name in it. */
export type Task = {
  readonly source: PageSource;
  readonly fd: number;
  readonly scratch: string;
  readonly name: string;
  readonly niceness: number;
  readonly signal: AbortSignal;
};

export type Outcome = { readonly kind: 'made'; readonly path: string } | ReturnType<typeof meaningOf>;

/** What libvips says when it has chosen a loader that it may not start. */
const OTHER_LOADER = /operation is blocked|no property named/v;

/** Makes the pyramid of a page in the scratch folder and checks it. Nothing stays there of what fails. */
export async function make(task: Task, manner: Manner): Promise<Outcome> {
  const made = `${task.scratch}/${task.name}.tif`;
  const between = `${task.scratch}/${task.name}.between.tif`;
  const outcome = await produce(task, manner, { master: '/dev/fd/3', made, between });
  const isFull = outcome.kind === 'failed' && (await isDiskFull(task.scratch));
  for (const file of [between, secondBetween(between)]) await rm(file, { force: true });
  if (outcome.kind !== 'made') await rm(made, { force: true });
  return isFull ? { kind: 'unavailable', reason: FULL } : outcome;
}

/** Bytes. */
const NO_ROOM = 65_536;

/** Not every program that finds no room says so; libvips may crash. */
async function isDiskFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < NO_ROOM;
}

async function produce(
  task: Task,
  manner: Manner,
  files: { master: string; made: string; between: string },
): Promise<Outcome> {
  const { source, fd, scratch, niceness, signal } = task;
  const limits = limitsOf(source, niceness);
  const attempt = async (isByName: boolean): Promise<Ending> => {
    let ending: Ending | undefined;
    for (const pipe of stepsOf(source, manner, files, isByName)) {
      ending = await run(pipe, { limits, files: [fd], scratch, signal });
      if (ending.kind !== 'done') break;
    }
    return ending ?? { kind: 'stopped' };
  };
  let ending = await attempt(false);
  if (ending.kind === 'failed' && OTHER_LOADER.test(ending.words)) ending = await attempt(true);
  if (ending.kind !== 'done') return meaningOf(ending);
  if (await isAsItShouldBe(files.made, scratch, source)) return { kind: 'made', path: files.made };
  return {
    kind: 'failed',
    reason: 'libvips made something else of it than its header says',
    remedy: 'make a TIFF, PNG or JPEG of it with a program that opens it',
  };
}

/**
 * Most of a picture at a time: the coefficients of a progressive JPEG, or four channels of sixteen bits twice. What a
 * computer has not, a picture does not get.
 */
function limitsOf({ width, height }: PageSource, niceness: number): Limits {
  const pixels = width * height;
  const memory = Math.min(1e9 + 16 * pixels, 0.75 * totalmem());
  const seconds = 60 + pixels / 400_000;
  return { seconds: 4 * seconds, cpuSeconds: seconds, memory, fileSize: 1e8 + 16 * pixels, niceness };
}

/** Whether its directories are exactly those of the form, so that what documents advertise of it is so. */
async function isAsItShouldBe(path: string, folder: string, source: PageSource): Promise<boolean> {
  const file = await PyramidFile.open(path, [folder]).catch(() => undefined);
  if (!file) return false;
  const wanted = pyramidOf(uprightSize(source)).levels;
  const found = file.levels;
  await file.release();
  return (
    found.length === wanted.length &&
    found.every(
      ({ kind, width, height }, k) => kind === 'jpeg' && width === wanted[k]?.width && height === wanted[k].height,
    )
  );
}
