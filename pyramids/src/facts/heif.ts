import { run, type Ending } from '../children/run.ts';
import type { Limits } from '../children/limits.ts';
import { plain } from '../headers/pages.ts';
import { MOST_PAGES } from '../headers/tiff.ts';
import type { Dimensions } from '../shared/dimensions.ts';
import type { PageSource } from '../shared/source.ts';
import { untold, type Told } from './told.ts';

const LIMITS: Limits = { seconds: 20, cpuSeconds: 15, memory: 1_000_000_000, fileSize: 0, niceness: 0 };

/** Asks libvips for the pictures of an open HEIC, HEIF or AVIF, which its loader gives upright. Never rejects. */
export async function pagesOfHeif(fd: number): Promise<Told> {
  const ending = await ask(fd, ['-a', '/dev/fd/3']);
  if (ending.kind !== 'done') return untold(ending);
  const fields = new Map(
    ending.output
      .toString()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const number = (field: string, otherwise: number): number => Number(fields.get(field) ?? otherwise);
  const count = number('n-pages', 1);
  if (count > MOST_PAGES) return { kind: 'excessive', reason: `it holds more than ${MOST_PAGES} pages` };
  const samples = number('bands', 3);
  const first: PageSource = {
    ...plain('heifload', { width: number('width', 0), height: number('height', 0) }),
    bits: number('heif-bitdepth', 8),
    samples,
    colour: samples < 3 ? 'grey' : 'rgb',
    alpha: samples % 2 === 0 ? 'plain' : undefined,
    profile: fields.has('icc-profile-data') ? 'other' : undefined,
  };
  if (first.width === 0 || first.height === 0) return { kind: 'damaged', reason: 'it has no size' };
  if (count <= 1) return { kind: 'pages', pages: [first] };
  const sizes = await sizesOf(fd, count);
  return 'kind' in sizes ? sizes : { kind: 'pages', pages: sizes.map((size, page) => ({ ...first, ...size, page })) };
}

async function sizesOf(fd: number, count: number): Promise<readonly Dimensions[] | Told> {
  const ending = await ask(
    fd,
    Array.from({ length: count }, (_, page) => `/dev/fd/3[page=${page}]`),
  );
  if (ending.kind !== 'done') return untold(ending);
  const said = [...ending.output.toString().matchAll(/^\/dev\/fd\/3: (\d+)x(\d+) /gm)];
  if (said.length !== count) return { kind: 'damaged', reason: 'not all of its pictures can be read' };
  return said.map(([, width, height]) => ({ width: Number(width), height: Number(height) }));
}

function ask(fd: number, args: readonly string[]): Promise<Ending> {
  return run([{ program: 'vipsheader', args }], { limits: LIMITS, files: [fd] });
}
