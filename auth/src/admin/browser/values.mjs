import { Fragment, element, language, useTranslation, valueOf } from './globals.mjs';

/** @import { ReactNode } from 'react' */
/** @import { Property, RecordJson } from '../window.d.mts' */

/**
 * A value as people read it.
 * @param {{property: Property, record: RecordJson}} props
 * @returns {ReactNode}
 */
export function Value({ property, record }) {
  const { tl } = useTranslation();
  const value = valueOf(record, property.propertyPath);
  if (value === undefined) return null;
  if (property.type === 'datetime') return element(Time, { iso: String(value) });
  if (property.type === 'number') return new Intl.NumberFormat(language).format(Number(value));
  if (property.type === 'boolean') {
    return element('span', { className: value ? 'pill right' : 'pill' }, tl(value ? 'yes' : 'no'));
  }
  // A dot in a key would look for one text inside another.
  if (property.availableValues) return tl(String(value).replaceAll('.', ' '), property.resourceId);
  return breakable(String(value));
}

/**
 * Lets lines end where an address has a sign, not in the middle of a word.
 * @param {string} text
 * @returns {ReactNode}
 */
function breakable(text) {
  const parts = text.split(/(?<=[@/._:-])/);
  return parts.map((part, index) =>
    element(Fragment, { key: index }, part, index < parts.length - 1 && element('wbr')),
  );
}

/**
 * A point of time in the reader's zone, which is named; in UTC for whoever points at it.
 * @param {{iso: string}} props
 * @returns {ReactNode}
 */
function Time({ iso }) {
  const time = new Date(iso);
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  });
  const utc = `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return element('time', { dateTime: time.toISOString(), title: utc }, format.format(time));
}
