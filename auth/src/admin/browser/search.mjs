import { element, useId, useQueryParams, useTranslation } from './globals.mjs';

/** @import { FormEvent, ReactNode } from 'react' */
/** @import { Property, ResourceJson } from '../window.d.mts' */

/** @typedef {Record<string, string>} Filters by field; of times by field, `~~` and `from` or `to` */

/**
 * The form that a list is searched with.
 * @param {{resource: ResourceJson, filters: Filters}} props
 * @returns {ReactNode}
 */
export function Search({ resource, filters }) {
  const { clearParams, storeParams } = useQueryParams();
  const { tb, tl } = useTranslation();
  const search = (/** @type {FormEvent<HTMLFormElement>} */ event) => {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget)].map(([name, value]) => [
      name,
      typeof value === 'string' ? value : '',
    ]);
    const wanted = typed
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, isTime(name) ? toIso(value) : value]);
    storeParams({ filters: Object.fromEntries(wanted), page: '1' });
  };
  const all = () => {
    clearParams('filters');
  };
  return element(
    'form',
    { id: 'search', role: 'search', className: 'search', 'aria-label': tl('filters', resource.id), onSubmit: search },
    resource.filterProperties.map((property) => element(Wanted, { key: property.propertyPath, property, filters })),
    element(
      'div',
      { className: 'answers' },
      element('button', { type: 'submit' }, tb('applyChanges')),
      Object.keys(filters).length > 0 &&
        element('button', { type: 'button', className: 'quiet', onClick: all }, tb('resetFilter')),
    ),
  );
}

/** @param {{property: Property, filters: Filters}} props @returns {ReactNode} */
function Wanted({ property: { label, propertyPath: path, resourceId, type }, filters }) {
  const { tl, tp } = useTranslation();
  const id = useId();
  const field = (/** @type {string} */ name, /** @type {string} */ text, /** @type {object} */ attributes) => [
    element('label', { key: `label ${name}`, htmlFor: id + name }, text),
    element('input', { key: name, id: id + name, name, ...attributes }),
  ];
  const title = tp(label, resourceId);
  if (type === 'boolean') {
    return element(
      'div',
      null,
      element('label', { htmlFor: id }, title),
      element(
        'select',
        { id, name: path, defaultValue: filters[path] },
        element('option', { value: '' }, tl('either')),
        element('option', { value: 'true' }, tl('yes')),
        element('option', { value: 'false' }, tl('no')),
      ),
    );
  }
  if (type === 'datetime') {
    const bound = (/** @type {'from' | 'to'} */ side) => {
      const name = `${path}~~${side}`;
      return field(name, tl(side, { title }), { type: 'datetime-local', defaultValue: fromIso(filters[name]) });
    };
    return element(
      'div',
      { className: 'times' },
      element('div', null, bound('from')),
      element('div', null, bound('to')),
    );
  }
  return element('div', null, field(path, title, { type: 'search', defaultValue: filters[path], autoComplete: 'off' }));
}

/** @param {string} name */
function isTime(name) {
  return name.includes('~~');
}

/** @param {string} local @returns {string} the same time in UTC, for the server */
function toIso(local) {
  return new Date(local).toISOString();
}

/** @param {string | undefined} iso @returns {string | undefined} the same time in the reader's zone, as the field wants it */
function fromIso(iso) {
  const time = new Date(iso ?? NaN);
  if (Number.isNaN(Number(time))) return undefined;
  return new Date(Number(time) - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
