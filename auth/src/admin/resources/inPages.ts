import type { Pages } from '../../shared/list.ts';
import type { Row } from '../filterAndPage.ts';
import type { Table } from './tableResource.ts';

/** Lists what may be long: the store finds, sorts and counts, and gives a page. */
export function inPages<T>(pages: Pages<T>, shown: (one: T) => Row): Pick<Table, 'list' | 'count'> {
  return {
    list: async (page, wanted) => (await pages.page(page, wanted)).map(shown),
    count: (wanted) => pages.count(wanted),
  };
}
