import { Icon, Link, element, formAddress, listAddress, useLocation, useState, useTranslation } from './globals.mjs';
import { valueOf } from './globals.mjs';
import { Removal } from './removal.mjs';
import { Value } from './values.mjs';

/** @import { ReactNode } from 'react' */
/** @import { Property, RecordJson, ResourceJson } from '../window.d.mts' */

/**
 * Rows of a list. Where there is little room each is drawn as a card, for which the roles are written out: browsers take
 * those of a table away when it is not drawn as one.
 * @param {{resource: ResourceJson, records: RecordJson[], direction: string, sortBy?: string, onRemoved: () => void}} props
 * @returns {ReactNode}
 */
export function Table({ resource, records, direction, sortBy, onRemoved }) {
  const { ta, tl } = useTranslation();
  const removable = records.some((record) => removalOf(record) ?? placeOfChange(record));
  return element(
    'table',
    { role: 'table', 'aria-label': ta('list', resource.id) },
    element(
      'thead',
      { role: 'rowgroup' },
      element(
        'tr',
        { role: 'row', 'data-label': tl('sortBy') },
        resource.listProperties.map((property) =>
          element(Column, { key: property.propertyPath, property, direction, sortBy }),
        ),
        removable &&
          element('th', { role: 'columnheader', scope: 'col', className: 'doing' }, element('span', null, tl('doing'))),
      ),
    ),
    element(
      'tbody',
      { role: 'rowgroup' },
      records.map((record) => element(Row, { key: record.id, resource, record, onRemoved })),
    ),
  );
}

/** @param {{property: Property, direction: string, sortBy?: string}} props @returns {ReactNode} */
function Column({ property, direction, sortBy }) {
  const { tp } = useTranslation();
  const { search } = useLocation();
  const label = tp(property.label, property.resourceId);
  const kind = property.type === 'number' ? 'number' : undefined;
  if (!property.isSortable) return element('th', { role: 'columnheader', scope: 'col', className: kind }, label);

  const sorted = sortBy === property.propertyPath ? direction : undefined;
  const query = new URLSearchParams(search);
  query.set('sortBy', property.propertyPath);
  query.set('direction', sorted === 'asc' ? 'desc' : 'asc');
  return element(
    'th',
    {
      role: 'columnheader',
      scope: 'col',
      className: `sortable ${kind ?? ''}`,
      'aria-sort': sorted && `${sorted}ending`,
    },
    element(
      Link,
      { to: { search: query.toString() } },
      label,
      sorted && element(Icon, { name: sorted === 'asc' ? 'ChevronUp' : 'ChevronDown' }),
    ),
  );
}

/** @param {{resource: ResourceJson, record: RecordJson, onRemoved: () => void}} props @returns {ReactNode} */
function Row({ resource, record, onRemoved }) {
  const { ta, tl, tp } = useTranslation();
  const [asking, setAsking] = useState(false);
  const removal = removalOf(record);
  const cell = (/** @type {Property} */ property) => {
    const { label, propertyPath: path, resourceId, type } = property;
    const isTitle = path === resource.titleProperty.propertyPath;
    const value = element(Value, { property, record });
    const address = isTitle ? addressOf(resource, record) : undefined;
    return element(
      isTitle ? 'th' : 'td',
      {
        key: path,
        role: isTitle ? 'rowheader' : 'cell',
        scope: isTitle ? 'row' : undefined,
        className: type === 'number' ? 'number' : undefined,
        'data-label': tp(label, resourceId),
      },
      address === undefined ? element('span', null, value) : element(Link, { to: address }, value),
    );
  };
  const ask = () => {
    setAsking(true);
  };
  const answered = (/** @type {boolean} */ removed) => {
    setAsking(false);
    if (removed) onRemoved();
  };
  const label = ta('delete', resource.id);
  const takenBackAt = placeOfChange(record);
  return element(
    'tr',
    { role: 'row' },
    resource.listProperties.map(cell),
    removal &&
      element(
        'td',
        { role: 'cell', className: 'doing' },
        element(
          'button',
          { type: 'button', className: 'quiet', onClick: ask, 'aria-label': `${label}: ${record.title}` },
          label,
        ),
        asking && element(Removal, { resource, record, guard: removal.guard, onAnswer: answered }),
      ),
    takenBackAt !== undefined &&
      element(
        'td',
        { role: 'cell', className: 'doing' },
        element(Link, { to: takenBackAt, className: 'button quiet' }, tl('takeBack')),
      ),
  );
}

/** Where a record is changed. @param {ResourceJson} resource @param {RecordJson} record @returns {string | undefined} */
function addressOf({ id, titleProperty }, record) {
  const { custom, propertyPath } = titleProperty;
  if (custom?.opens)
    return `${listAddress(id)}?${custom.opens}=${encodeURIComponent(String(valueOf(record, propertyPath)))}`;
  return record.recordActions.some(({ name }) => name === 'edit') ? formAddress(id, record) : undefined;
}

/** Where a change of a rule is taken back. @param {RecordJson} record @returns {string | undefined} */
function placeOfChange(record) {
  if (record.params['place'] === undefined || record.params['action'] === undefined) return undefined;
  const place = valueOf(record, 'place');
  return place === undefined
    ? undefined
    : `${listAddress('rules')}?place=${encodeURIComponent(String(place))}&entry=${record.id}`;
}

/** @param {RecordJson} record */
function removalOf(record) {
  return record.recordActions.find(({ name }) => name === 'delete');
}
