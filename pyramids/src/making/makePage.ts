import { rm, type FileHandle } from 'node:fs/promises';
import { isStill, openMaster, type OpenedMaster } from '../facts/openMaster.ts';
import type { Page } from '../shared/facts.ts';
import type { PageSource } from '../shared/source.ts';
import { make } from './make.ts';
import { reduce } from './reduce.ts';
import { uprightSize } from './steps.ts';
import { FULL } from './words.ts';
import type { Job, Made, Work, Workshop } from './workshop.ts';

const CHANGING = { kind: 'unavailable', reason: 'it is just being written' } as const;
export const NO_SUCH_PAGE = { kind: 'failed', reason: 'it has no such page', remedy: 'ask for another one' } as const;
/** Nothing is wrong with the page. */
export const STOPPED = { kind: 'unavailable', reason: 'this service is being stopped' } as const;

/** Sees to it that a page lies on the volume. Never rejects. */
export async function makePage(workshop: Workshop, { master, page }: Job, work: Work): Promise<Made> {
  try {
    return await attempt(workshop, { master, page }, work);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What is no failure of the system is a mistake of ours; no queue stands still because of it.
    workshop.log.error({ err: error, path: master.path, page }, 'A pyramid could not be made');
    return {
      kind: 'unavailable',
      reason: code === 'ENOSPC' ? FULL : `the volume of the pyramids fails (${code ?? 'see the log'})`,
    };
  }
}

async function attempt(workshop: Workshop, { master, page }: Job, work: Work): Promise<Made> {
  const { facts } = workshop;
  const [known, sources] = [await facts.of(master), await facts.header(master)];
  if (known.kind === 'unreadable') return { kind: 'unavailable', reason: known.reason };
  if (known.kind === 'unsuitable') return { kind: 'failed', reason: known.reason, remedy: known.remedy };
  const source = sources.kind === 'picture' ? sources.pages[page] : undefined;
  const picture = known.pages[page];
  if (source === undefined || picture === undefined) return NO_SUCH_PAGE;
  const made = await place(workshop, { master, page }, { source, picture }, work);
  if (made.kind === 'ready') await reduce(workshop, { master, page }, picture, work.signal);
  return made;
}

/** Sees to it that its pyramid lies there, or a link to the master that is one. */
async function place(
  workshop: Workshop,
  { master, page }: Job,
  { source, picture }: { source: PageSource; picture: Page },
  work: Work,
): Promise<Made> {
  const { volume } = workshop;
  if (await volume.has(master, page, picture)) return { kind: 'ready' };
  if (picture.form === 'fit') {
    await volume.link(master, page, picture.form, picture);
    return { kind: 'ready' };
  }
  const failure = await volume.failureOf(master, page);
  if (failure) return { kind: 'failed', reason: failure.reason, remedy: failure.remedy };
  if (!volume.makes) return { kind: 'unavailable', reason: 'nothing is made: PYRAMIDS_SIZE is 0' };
  const room = await volume.reserve(expected(source), work.wish !== 'sweep');
  if (!room) return { kind: 'unavailable', reason: FULL };
  try {
    return await withRoom(workshop, { master, page }, source, work);
  } finally {
    room.release();
  }
}

async function withRoom(workshop: Workshop, job: Job, source: PageSource, work: Work): Promise<Made> {
  const opened = await answered(openMaster(workshop.images, job.master));
  if (opened.kind !== 'open') return { kind: 'unavailable', reason: opened.reason };
  try {
    return await fromFile(workshop, job, source, { file: opened.file, work });
  } finally {
    await opened.file.close();
  }
}

/** Of the system, not of the picture: it is made once more. */
const ATTEMPTS = 2;

async function fromFile(
  { volume, manner }: Workshop,
  { master, page }: Job,
  source: PageSource,
  { file, work: { wish, signal, onMade } }: { file: FileHandle; work: Work },
): Promise<Made> {
  const start = performance.now();
  const task = {
    source,
    fd: file.fd,
    scratch: volume.scratch,
    niceness: wish === 'sweep' ? 19 : wish === 'folder' ? 5 : 0,
    signal,
  };
  let outcome = await make({ ...task, name: volume.newName() }, manner);
  for (let n = 1; n < ATTEMPTS && outcome.kind === 'interrupted'; n += 1)
    outcome = await make({ ...task, name: volume.newName() }, manner);
  if (outcome.kind === 'stopped') return STOPPED;
  // Of whatever was made, or not, of a file that was written meanwhile, nothing counts.
  if (!(await isStill(file, master.state))) {
    if (outcome.kind === 'made') await rm(outcome.path);
    return CHANGING;
  }
  if (outcome.kind === 'interrupted') return { kind: 'unavailable', reason: outcome.reason };
  if (outcome.kind === 'failed') await volume.fail(master, page, outcome);
  if (outcome.kind !== 'made') return outcome;
  await volume.place(outcome.path, master, page, uprightSize(source));
  onMade((performance.now() - start) / 1000, source.width * source.height);
  return { kind: 'ready' };
}

/** Bytes that its pyramid will take, and while it is made what lies beside it: rather too many. */
function expected({ width, height, orientation, apart }: PageSource): number {
  const pixels = width * height;
  return 100_000 + pixels / 2 + (orientation !== 1 || apart ? pixels * 3 : 0);
}

/** Milliseconds that a disk has for opening a file: one that hangs keeps nobody waiting. */
const OPENING = 20_000;

async function answered(opening: Promise<OpenedMaster>): Promise<OpenedMaster> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    late.resolve(undefined);
  }, OPENING);
  const opened = await Promise.race([opening, late.promise]);
  clearTimeout(timer);
  if (opened) return opened;
  void opening
    .then(async (result) => (result.kind === 'open' ? result.file.close() : undefined))
    .catch(() => undefined);
  return { kind: 'failing', reason: 'its disk does not answer' };
}
