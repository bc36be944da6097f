import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Limits } from '../children/limits.ts';
import { run } from '../children/run.ts';
import { isStill, openMaster } from '../facts/openMaster.ts';
import type { Page } from '../shared/facts.ts';
import { reducedOf } from '../shared/pyramid.ts';
import { sourceOf } from '../volume/places.ts';
import { tiledForm } from './steps.ts';
import type { Job, Workshop } from './workshop.ts';

/** A few million pixels, of a file that is tiled. */
const LIMITS: Limits = { seconds: 120, cpuSeconds: 30, memory: 1e9, fileSize: 2e7, niceness: 0 };
/** Bytes that a copy takes at most, mostly less than half of it. */
const EXPECTED = 2e6;

/** Whether all is there that is to be made of a page. */
export async function isWhole({ volume, reduces }: Rooms, { master, page }: Job, picture: Page): Promise<boolean> {
  if (!(await volume.has(master, page, picture))) return false;
  return !reduces || reducedOf(picture, picture) === undefined || (await volume.hasReduced(master, page));
}

/**
 * Makes the reduced copy of a page that lies on the volume. Where that fails the page is drawn from the largest level, which
 * is slow and no less right; it is tried again when its folder is looked at the next time.
 */
export async function reduce(workshop: Workshop, job: Job, picture: Page, signal: AbortSignal): Promise<void> {
  const { volume, manner, reduces } = workshop;
  const reduced = reducedOf(picture, picture);
  if (!reduces || reduced === undefined || (await volume.hasReduced(job.master, job.page))) return;
  const room = await volume.reserve(EXPECTED, false);
  const file = room && (await openPage(workshop, job, picture.form));
  try {
    if (!file) return;
    const made = join(volume.scratch, `${volume.newName()}.tif`);
    const written = `${made}[${tiledForm(manner.quality).join(',')}]`;
    const [width, height] = [String(reduced.width), String(reduced.height)];
    // Of what we make it is known which page of the file holds a level, and that a level is a little more than the picture.
    const args =
      picture.form === 'made'
        ? ['crop', `/dev/fd/3[page=${reduced.level}]`, written, '0', '0', width, height]
        : ['thumbnail', '/dev/fd/3', written, width, '--height', height, '--size', 'force'];
    const { scratch } = volume;
    const ending = await run([{ program: 'vips', args }], { limits: LIMITS, files: [file.fd], scratch, signal });
    const isGood = ending.kind === 'done' && (picture.form === 'made' || (await isStill(file, job.master.state)));
    if (isGood) await volume.placeReduced(made, job.master, job.page);
    else await rm(made, { force: true });
  } finally {
    await file?.close();
    room?.release();
  }
}

type Rooms = Pick<Workshop, 'volume' | 'reduces'>;

/** What the copy is made of: the master itself, or what was made of it; undefined where that cannot be opened any more. */
async function openPage({ volume, images }: Workshop, { master, page }: Job, form: Page['form']) {
  if (form === 'made') return open(volume.pathOf(sourceOf(master.key, page))).catch(() => undefined);
  const opened = await openMaster(images, master);
  return opened.kind === 'open' ? opened.file : undefined;
}
