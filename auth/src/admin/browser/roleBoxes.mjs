import { ApiClient, element, useEffect, useState, useTranslation, valueOf } from './globals.mjs';

/** @import { ChangeEvent, ReactNode } from 'react' */
/** @import { FieldProps } from './fields.mjs' */
/** @import { RecordJson } from '../window.d.mts' */

/** A role and its dates as they are typed: `seminar (from 2027-02-01 until 2027-07-01)`. */
const ROLE = /^([^()]*?)(?: \((?:from ([^()]*?))?(?: ?until ([^()]*))?\))?$/;

/**
 * The roles there are, one box each, and its dates; the field itself is a text with commas.
 * @param {FieldProps & {label: string, below: ReactNode}} props
 * @returns {ReactNode}
 */
export function RoleBoxes({ property, record, onChange, label, below }) {
  const [roles, setRoles] = useState(/** @type {RecordJson[]} */ ([]));
  const chosen = chosenIn(String(valueOf(record, property.propertyPath) ?? ''));
  useEffect(() => {
    const request = { resourceId: 'roles', actionName: 'list', params: { perPage: 500 } };
    void new ApiClient().resourceAction(request).then(({ data }) => {
      setRoles(data.records);
    });
  }, []);

  const write = () => {
    onChange(property.propertyPath, [...chosen].map(([name, dates]) => roleText(name, ...dates)).join(', '));
  };
  const box = (/** @type {RecordJson} */ role) => {
    const toggle = () => {
      if (!chosen.delete(role.id)) chosen.set(role.id, []);
      write();
    };
    const date = (/** @type {string} */ text, /** @type {number} */ index) => {
      const typed = [...(chosen.get(role.id) ?? [])];
      typed[index] = text.replace(/[(),]/g, '');
      chosen.set(role.id, typed);
      write();
    };
    const dates = chosen.get(role.id);
    return element(
      'li',
      { key: role.id },
      element(
        'label',
        { className: 'box' },
        element('input', { type: 'checkbox', checked: dates !== undefined, onChange: toggle }),
        element('span', null, role.id, element('small', null, valueOf(role, 'description'))),
      ),
      // The role that opens the panel has no end.
      dates && role.id !== 'admin' && element(Dates, { name: role.id, dates, onChange: date }),
    );
  };
  return element(
    'fieldset',
    { className: 'field' },
    element('legend', null, label),
    element('ul', null, roles.map(box)),
    below,
  );
}

/**
 * @param {{name: string, dates: string[], onChange: (text: string, index: number) => void}} props
 * @returns {ReactNode}
 */
function Dates({ name, dates, onChange }) {
  const { tl } = useTranslation();
  const date = (/** @type {string} */ title, /** @type {number} */ index) =>
    element(
      'label',
      { key: title },
      title,
      element('input', {
        value: dates[index] ?? '',
        placeholder: '2027-07-01',
        'aria-label': `${name}: ${title}`,
        maxLength: 25,
        onChange: (/** @type {ChangeEvent<HTMLInputElement>} */ { target }) => {
          onChange(target.value, index);
        },
      }),
    );
  return element('div', { className: 'dates' }, [tl('roleFrom'), tl('roleUntil')].map(date));
}

/** @param {string} text @returns {Map<string, string[]>} dates by role */
function chosenIn(text) {
  const names = text.split(', ').filter((name) => name !== '');
  return new Map(
    names.map((one) => {
      const [, name = one, from = '', until = ''] = ROLE.exec(one) ?? [];
      return [name, [from, until]];
    }),
  );
}

/** @param {string} name */
function roleText(name, from = '', until = '') {
  const parts = [...(from ? [`from ${from}`] : []), ...(until ? [`until ${until}`] : [])];
  return parts.length === 0 ? name : `${name} (${parts.join(' ')})`;
}
