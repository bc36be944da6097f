import { Icon, element, useTranslation } from '../globals.mjs';
import { Sentences } from './conflict.mjs';
import { newRow, ruleOf } from './draft.mjs';
import { GrantRow } from './grantRow.mjs';
import { Others } from './others.mjs';

/** @import { ReactNode } from 'react' */
/** @import { Draft, Row } from './draft.mjs' */

/**
 * @typedef {object} RowsProps
 * @property {Draft} draft
 * @property {{roles: string[], networks: string[]}} known
 * @property {boolean} checked
 * @property {(draft: Draft) => void} onChange
 */

/** The grants, one row each, and what they say together. @param {RowsProps} props @returns {ReactNode} */
export function Rows({ draft, known, checked, onChange }) {
  const { tm } = useTranslation();
  const words = (/** @type {string} */ key) => tm(key, 'rules');
  const { rows, others } = draft;
  const put = (/** @type {Row[]} */ next) => {
    onChange({ ...draft, rows: next });
  };
  const button = (/** @type {string} */ key, /** @type {string} */ icon, /** @type {() => void} */ onClick) =>
    element('button', { type: 'button', className: 'quiet small', onClick }, element(Icon, { name: icon }), words(key));
  return element(
    'div',
    null,
    rows.map((row, index) =>
      element(GrantRow, {
        key: row.key,
        row,
        number: index + 1,
        known,
        checked,
        onChange: (/** @type {Row} */ changed) => {
          put(rows.map((one) => (one === row ? changed : one)));
        },
        onRemove: () => {
          put(rows.filter((one) => one !== row));
          // What had the focus is gone.
          document.getElementById('adds-grant')?.focus();
        },
      }),
    ),
    element(
      'div',
      { className: 'answers' },
      element(
        'button',
        {
          id: 'adds-grant',
          type: 'button',
          className: 'quiet small',
          onClick: () => {
            put([...rows, newRow()]);
          },
        },
        element(Icon, { name: 'Plus' }),
        words('addGrant'),
      ),
      rows.length > 0 &&
        button('nobody', 'Lock', () => {
          put([]);
          document.getElementById('adds-grant')?.focus();
        }),
    ),
    element(Others, {
      others,
      onChange: (/** @type {Record<string, unknown>} */ changed) => {
        onChange({ ...draft, others: changed });
      },
    }),
    element(
      'section',
      { className: 'result', 'aria-label': words('inWords') },
      element('h4', null, words('inWords')),
      element(Sentences, { rule: ruleOf({ rows, others }) }),
    ),
  );
}
