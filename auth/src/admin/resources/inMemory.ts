import { filtered, paged, type Row } from '../filterAndPage.ts';
import type { Table } from './tableResource.ts';

/** Lists what is at hand whole, and is not long. `id` is the field that names a row. */
export function inMemory(
  id: string,
  read: () => Promise<readonly Row[]>,
): Required<Pick<Table, 'list' | 'count' | 'find'>> {
  return {
    list: async (page, wanted) => paged(filtered(await read(), wanted), page),
    count: async (wanted) => filtered(await read(), wanted).length,
    find: async (name) => (await read()).find((row) => row[id] === name),
  };
}
