import { element, useId, useTranslation } from '../globals.mjs';
import { KINDS, fieldsOf, isDay, lackOf } from './draft.mjs';

/** @import { ChangeEvent, ReactNode } from 'react' */
/** @import { Row } from './draft.mjs' */

/**
 * @typedef {object} RowProps
 * @property {Row} row
 * @property {number} number from 1
 * @property {{roles: string[], networks: string[]}} known
 * @property {boolean} checked whether what is missing is said
 * @property {(row: Row) => void} onChange
 * @property {() => void} onRemove
 */

/** Who sees how much, and when. @param {RowProps} props @returns {ReactNode} */
export function GrantRow({ row, number, known, checked, onChange, onRemove }) {
  const { tm } = useTranslation();
  const id = useId();
  const words = (/** @type {string} */ key) => tm(key, 'rules');
  const set = (/** @type {Partial<Row>} */ change) => {
    onChange({ ...row, ...change });
  };
  const fields = fieldsOf(row);
  const lack = checked ? lackOf(row) : undefined;
  const told = lack === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}lack` };
  const of = (/** @type {string[]} */ ...lacks) => (lack !== undefined && lacks.includes(lack) ? told : {});
  const text = (/** @type {'names' | 'addresses' | 'pixels' | 'from' | 'until'} */ field, /** @type {object} */ more) =>
    element('input', {
      id: `${id}${field}`,
      value: row[field],
      autoComplete: 'off',
      onChange: (/** @type {ChangeEvent<HTMLInputElement>} */ { target }) => {
        set({ [field]: target.value });
      },
      ...more,
    });
  const labelled = (/** @type {string} */ field, /** @type {string} */ key, /** @type {ReactNode} */ input) =>
    element('div', { className: 'part' }, element('label', { htmlFor: `${id}${field}` }, words(key)), input);
  // A field for days where it is none, or a day: what has a time is shown as it is written.
  const moment = (/** @type {'from' | 'until'} */ field) =>
    text(field, { type: row[field] === '' || isDay(row[field]) ? 'date' : 'text', ...of('needsOrder') });

  return element(
    'fieldset',
    { className: 'grant' },
    element('legend', null, tm('grant', 'rules', { number })),
    element(
      'div',
      { className: 'parts' },
      labelled(
        'kind',
        'who',
        element(
          'select',
          {
            id: `${id}kind`,
            value: row.kind,
            onChange: (/** @type {ChangeEvent<HTMLSelectElement>} */ { target }) => {
              set({ kind: /** @type {Row['kind']} */ (target.value) });
            },
          },
          KINDS.map((kind) => element('option', { key: kind, value: kind }, words(`kind_${kind}`))),
        ),
      ),
      fields.roles &&
        element(Boxes, {
          title: words('whichRoles'),
          names: [...new Set([...known.roles, ...row.roles])],
          chosen: row.roles,
          told: of('needsRole'),
          onChange: (/** @type {string[]} */ roles) => {
            set({ roles });
          },
        }),
      fields.names && labelled('names', 'whichUsers', text('names', { type: 'text', ...of('needsName') })),
      fields.mayBeSomewhere &&
        element(
          'label',
          { className: 'box' },
          element('input', {
            type: 'checkbox',
            checked: row.somewhere,
            onChange: () => {
              set({ somewhere: !row.somewhere });
            },
          }),
          element('span', null, words('onlySomewhere')),
        ),
      fields.networks && [...known.networks, ...row.networks].length > 0
        ? element(Boxes, {
            title: words('whichNetworks'),
            names: [...new Set([...known.networks, ...row.networks])],
            chosen: row.networks,
            told: {},
            onChange: (/** @type {string[]} */ networks) => {
              set({ networks });
            },
          })
        : null,
      fields.networks &&
        labelled(
          'addresses',
          'whichAddresses',
          text('addresses', { type: 'text', placeholder: '10.1.0.0/16', ...of('needsNetwork') }),
        ),
    ),
    element(
      'div',
      { className: 'parts' },
      labelled(
        'sight',
        'sees',
        element(
          'select',
          {
            id: `${id}sight`,
            value: row.smaller ? 'smaller' : 'all',
            onChange: (/** @type {ChangeEvent<HTMLSelectElement>} */ { target }) => {
              set({ smaller: target.value === 'smaller', pixels: row.pixels === '' ? '600' : row.pixels });
            },
          },
          element('option', { value: 'all' }, words('all')),
          element('option', { value: 'smaller' }, words('aSmaller')),
        ),
      ),
      row.smaller &&
        labelled('pixels', 'pixels', text('pixels', { type: 'number', min: 16, max: 10_000, ...of('needsPixels') })),
      labelled('from', 'fromDay', moment('from')),
      labelled('until', 'untilDay', moment('until')),
    ),
    lack !== undefined && element('p', { id: `${id}lack`, className: 'error' }, words(lack)),
    element(
      'button',
      {
        type: 'button',
        className: 'quiet small',
        onClick: onRemove,
        'aria-label': `${words('removeGrant')}: ${tm('grant', 'rules', { number })}`,
      },
      words('removeGrant'),
    ),
  );
}

/**
 * @param {{title: string, names: string[], chosen: string[], told: object, onChange: (chosen: string[]) => void}} props
 * @returns {ReactNode}
 */
function Boxes({ title, names, chosen, told, onChange }) {
  return element(
    'fieldset',
    { className: 'boxes' },
    element('legend', null, title),
    element(
      'ul',
      null,
      names.map((name) =>
        element(
          'li',
          { key: name },
          element(
            'label',
            { className: 'box' },
            element('input', {
              type: 'checkbox',
              checked: chosen.includes(name),
              onChange: () => {
                onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
              },
              ...told,
            }),
            element('span', null, name),
          ),
        ),
      ),
    ),
  );
}
