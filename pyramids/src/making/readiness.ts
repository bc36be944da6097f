import type { Dimensions } from '../shared/dimensions.ts';
import type { Master } from '../shared/master.ts';
import { reducedOf } from '../shared/pyramid.ts';
import { sourceOf } from '../volume/places.ts';
import { NO_SUCH_PAGE } from './makePage.ts';
import type { Maker } from './maker.ts';
import type { Made, Workshop } from './workshop.ts';

/**
 * Whether a page can be shown: where it lies on the volume, whether its tiles are sent as they are stored, and the copy of
 * which the image server draws whole pictures that are no larger.
 */
export type Readiness =
  | {
      readonly kind: 'ready';
      readonly source: string;
      readonly native: boolean;
      readonly reduced?: Dimensions & { readonly source: string };
    }
  | { readonly kind: 'making' }
  | Exclude<Made, { kind: 'ready' }>;

/**
 * Asks for a page before all others, and waits so many seconds for it, or until nobody waits any more. A JPEG 2000 that
 * the image server shows meanwhile is ready at once.
 */
export async function readiness(
  { volume, facts, reduces }: Pick<Workshop, 'volume' | 'facts' | 'reduces'>,
  maker: Maker,
  { master, page }: { master: Master; page: number },
  { seconds, signal }: { seconds: number; signal: AbortSignal },
): Promise<Readiness> {
  const known = await facts.of(master);
  if (known.kind === 'unreadable') return { kind: 'unavailable', reason: known.reason };
  if (known.kind === 'unsuitable') return { kind: 'failed', reason: known.reason, remedy: known.remedy };
  const picture = known.pages[page];
  if (!picture) return NO_SUCH_PAGE;
  const ready = async (): Promise<Readiness> => {
    const source = sourceOf(master.key, page);
    volume.use(source);
    const reduced = reduces ? reducedOf(picture, picture) : undefined;
    if (!reduced || !(await volume.hasReduced(master, page))) return { kind: 'ready', source, native: picture.native };
    const { width, height } = reduced;
    const copy = { source: sourceOf(master.key, page, '.reduced.tif'), width, height };
    return { kind: 'ready', source, native: picture.native, reduced: copy };
  };
  if (await volume.has(master, page, picture)) return ready();
  const making = maker.want(master, page, 'tile');
  if (picture.meanwhile === 'jp2' && (await volume.failureOf(master, page)) === undefined) {
    await volume.link(master, page, 'jp2', picture);
    const source = sourceOf(master.key, page, '.jp2');
    volume.use(source);
    return { kind: 'ready', source, native: false };
  }
  const made = await withinTime(making, seconds, signal);
  if (made === undefined) return { kind: 'making' };
  return made.kind === 'ready' ? ready() : made;
}

async function withinTime(making: Promise<Made>, seconds: number, signal: AbortSignal): Promise<Made | undefined> {
  const late = Promise.withResolvers<undefined>();
  const give = (): void => {
    late.resolve(undefined);
  };
  const timer = setTimeout(give, seconds * 1000);
  signal.addEventListener('abort', give, { once: true });
  if (signal.aborted) give();
  try {
    return await Promise.race([making, late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', give);
  }
}
