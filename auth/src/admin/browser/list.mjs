import { Heading } from './heading.mjs';
import { Icon, Link, element, listAddress, useQueryParams, useRecords, useState } from './globals.mjs';
import { useLocation, useTranslation } from './globals.mjs';
import { Search } from './search.mjs';
import { Table } from './table.mjs';

/** @import { ReactNode } from 'react' */
/** @import { ResourceJson } from '../window.d.mts' */

/** @param {{resource: ResourceJson}} props @returns {ReactNode} */
export function ListPage({ resource }) {
  const { id } = resource;
  const { ta, tb, tm } = useTranslation();
  const { filters } = useQueryParams();
  const { records, loading, direction, sortBy, page, perPage, total, fetchData } = useRecords(id);
  const count = Object.keys(filters ?? {}).length;
  const [searching, setSearching] = useState(count > 0);
  // An answer brings another list; an answer that comes at once may not have been seen to be waited for.
  const [before] = useState(records);

  const can = (/** @type {string} */ name) => resource.resourceActions.find((action) => action.name === name);
  const toggle = () => {
    setSearching(!searching);
  };
  const searchButton = element(
    'button',
    { type: 'button', className: 'quiet', onClick: toggle, 'aria-expanded': searching, 'aria-controls': 'search' },
    element(Icon, { name: 'Search' }),
    tb(count > 0 ? 'filterActive' : 'filter', id, { count }),
  );
  const nothing =
    records === before || loading ? tm('loading') : tm(count > 0 ? 'noRecords' : 'noRecordsInResource', id);
  return element(
    'div',
    { className: 'page' },
    element(
      'div',
      { className: 'head' },
      element(Heading, { title: ta('list', id) }, total > 0 && element('span', { className: 'count' }, total)),
      can('list')?.showFilter && searchButton,
      resource.titleProperty.custom?.opens &&
        element(Link, { className: 'button quiet', to: listAddress(id) }, tm('back', id)),
      can('new') &&
        element(
          Link,
          { className: 'button', to: `${listAddress(id)}/actions/new` },
          element(Icon, { name: 'Plus' }),
          ta('new', id),
        ),
    ),
    searching && element(Search, { key: JSON.stringify(filters), resource, filters: filters ?? {} }),
    records.length === 0
      ? element('p', { className: 'nothing' }, nothing)
      : element(Table, { resource, records, direction, sortBy, onRemoved: fetchData }),
    total > perPage && element(Pages, { page, last: Math.ceil(total / perPage) }),
  );
}

/** @param {{page: number, last: number}} props @returns {ReactNode} */
function Pages({ page, last }) {
  const { tb, tl } = useTranslation();
  const { search } = useLocation();
  const step = (/** @type {number} */ to, /** @type {string} */ text) => {
    const query = new URLSearchParams(search);
    query.set('page', String(to));
    return to >= 1 && to <= last
      ? element(Link, { className: 'button quiet', to: { search: query.toString() } }, text)
      : null;
  };
  return element(
    'nav',
    { className: 'pages', 'aria-label': tl('pagesOfList') },
    step(page - 1, tb('previous')),
    element('span', null, tl('pageOf', { page, last })),
    step(page + 1, tb('next')),
  );
}
