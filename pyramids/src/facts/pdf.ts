import { run, type Ending } from '../children/run.ts';
import type { Limits } from '../children/limits.ts';
import { plain } from '../headers/pages.ts';
import { MOST_PAGES } from '../headers/tiff.ts';
import type { PageSource } from '../shared/source.ts';
import { untold, type Told } from './told.ts';

const LIMITS: Limits = { seconds: 20, cpuSeconds: 15, memory: 500_000_000, fileSize: 0, niceness: 0 };
/** Of PDF's points, to the inch. */
const POINTS = 72;

/**
 * Asks poppler's `pdfinfo` for the pages of an open PDF: pixels at `dpi`, turned as the PDF says, as libvips draws them.
 * Never rejects.
 */
export async function pagesOfPdf(fd: number, dpi: number): Promise<Told> {
  const args = ['-f', '1', '-l', String(MOST_PAGES + 1), '/dev/fd/3'];
  const ending = await run([{ program: 'pdfinfo', args }], { limits: LIMITS, files: [fd] });
  if (ending.kind !== 'done') return unsaid(ending);
  const said = ending.output.toString();
  const sizes = [...said.matchAll(/^Page +\d+ size: +(\S+) x (\S+) pts/gm)];
  if (sizes.length > MOST_PAGES) return { kind: 'excessive', reason: `it holds more than ${MOST_PAGES} pages` };
  const turns = [...said.matchAll(/^Page +\d+ rot: +(\d+)/gm)].map(([, turn]) => Number(turn));
  const pages = sizes.map(([, across, down], page): PageSource => {
    const [width, height] = [pixels(across, dpi), pixels(down, dpi)];
    const lies = (turns[page] ?? 0) % 180 !== 0;
    return { ...plain('pdfload', lies ? { width: height, height: width } : { width, height }), page };
  });
  if (pages.length === 0) return pageless;
  if (sizes.some(([, across, down]) => !(Number(across) > 0 && Number(down) > 0)))
    return { kind: 'damaged', reason: 'a page of it has no size' };
  return { kind: 'pages', pages };
}

const pageless: Told = { kind: 'damaged', reason: 'it holds no pages' };

function unsaid(ending: Exclude<Ending, { kind: 'done' }>): Told {
  const words = ending.kind === 'failed' ? ending.words : '';
  if (words.includes('Incorrect password')) return { kind: 'locked', reason: 'it is locked by a password' };
  // Of those that it has none: the first of no pages is behind the last.
  return words.includes('Wrong page range') ? pageless : untold(ending);
}

function pixels(points: string | undefined, dpi: number): number {
  return Math.max(1, Math.round((Number(points) * dpi) / POINTS));
}
