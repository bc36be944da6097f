import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseName, type Ending } from './places.ts';

/** What lies of one page on the volume. */
export type Entry = {
  /** {@link baseOf} */
  readonly base: string;
  /** Endings, and of each how large it is (bytes; of a link 0) and when it changed (ms). */
  readonly files: ReadonlyMap<Ending, { readonly bytes: number; readonly changedAt: number }>;
};

/** All pages of the volume, a folder of at most some thousand at a time. What is removed meanwhile is left out. */
export async function* walk(volume: string): AsyncGenerator<Entry> {
  for (const folder of await readdir(volume)) {
    if (!/^[0-9a-f]{2}$/v.test(folder)) continue;
    yield* await entriesOf(volume, folder);
  }
}

async function entriesOf(volume: string, folder: string): Promise<Iterable<Entry>> {
  const entries = new Map<string, Map<Ending, { bytes: number; changedAt: number }>>();
  for (const name of await readdir(join(volume, folder)).catch(() => [])) {
    const place = parseName(folder, name);
    const stats = place && (await lstat(join(volume, folder, name)).catch(() => undefined));
    if (!stats) continue;
    const files = entries.get(place.base) ?? new Map<Ending, { bytes: number; changedAt: number }>();
    files.set(place.ending, { bytes: stats.isFile() ? stats.size : 0, changedAt: stats.mtimeMs });
    entries.set(place.base, files);
  }
  return [...entries].map(([base, files]) => ({ base, files }));
}
