import { element, inWords, useId, useState, useTranslation, valueOf } from './globals.mjs';
import { RoleBoxes } from './roleBoxes.mjs';
import { Value } from './values.mjs';

/** @import { ChangeEvent, ReactNode } from 'react' */
/** @import { Property, RecordJson } from '../window.d.mts' */

/** @typedef {{property: Property, record: RecordJson, onChange: (path: string, value: string | boolean) => void}} FieldProps */
/** @typedef {{id: string, invalid: boolean, describedBy: string | undefined}} Described how a field is told of its hint and error */

/**
 * One field of a form with its label, its hint, and what was wrong with it.
 * @param {FieldProps} props
 * @returns {ReactNode}
 */
export function Field(props) {
  const { property, record } = props;
  const { tm, tp } = useTranslation();
  const id = useId();
  if (property.type === 'datetime') return element(Told, props);

  const error = record.errors[property.propertyPath];
  const hint = error ? undefined : hintOf(props, tm);
  const ids = [hint && `${id}hint`, error && `${id}error`].filter(Boolean).join(' ');
  const described = { id, invalid: error !== undefined, describedBy: ids === '' ? undefined : ids };
  const label = tp(property.label, property.resourceId);
  const below = [
    hint && element('p', { key: 'hint', id: `${id}hint`, className: 'hint' }, hint),
    error &&
      element(
        'p',
        { key: 'error', id: `${id}error`, className: 'error' },
        inWords(tm, error.message, property.resourceId),
      ),
  ];
  if (property.components?.edit === 'RoleBoxes') return element(RoleBoxes, { ...props, label, below });
  if (property.type === 'boolean')
    return element('div', { className: 'field' }, element(Box, { ...props, label, described }), below);
  const Input = { password: Password, textarea: Lines }[property.type] ?? Line;
  return element(
    'div',
    { className: 'field' },
    element('label', { htmlFor: id }, label),
    element(Input, { ...props, label, described }),
    below,
  );
}

/** @param {FieldProps} props @param {(key: string, resource?: string, options?: object) => string} tm */
function hintOf({ property: { description, resourceId }, record }, tm) {
  if (!description) return undefined;
  const told = tm(description, resourceId);
  return record.id === '' ? tm(`${description}New`, resourceId, { defaultValue: told }) : told;
}

/** Something that is not changed here. @param {FieldProps} props @returns {ReactNode} */
function Told({ property, record }) {
  const { tp } = useTranslation();
  if (valueOf(record, property.propertyPath) === undefined) return null;
  return element(
    'p',
    { className: 'told' },
    element('span', null, tp(property.label, property.resourceId)),
    element(Value, { property, record }),
  );
}

/** @param {Property} property @param {RecordJson} record @param {Described} described */
function attributesOf(property, record, described) {
  return {
    id: described.id,
    name: property.propertyPath,
    value: valueOf(record, property.propertyPath) ?? '',
    required: property.isRequired,
    readOnly: property.custom?.fixed === true && record.id !== '',
    'aria-invalid': described.invalid,
    'aria-describedby': described.describedBy,
    ...property.props,
  };
}

/** @param {FieldProps & {described: Described, type?: string}} props @returns {ReactNode} */
function Line({ property, record, onChange, described, type = 'text' }) {
  return element('input', {
    type,
    ...attributesOf(property, record, described),
    onChange: (/** @type {ChangeEvent<HTMLInputElement>} */ { target }) => {
      onChange(property.propertyPath, target.value);
    },
  });
}

/** @param {FieldProps & {described: Described}} props @returns {ReactNode} */
function Lines({ property, record, onChange, described }) {
  return element('textarea', {
    ...attributesOf(property, record, described),
    onChange: (/** @type {ChangeEvent<HTMLTextAreaElement>} */ { target }) => {
      onChange(property.propertyPath, target.value);
    },
  });
}

/** @param {FieldProps & {label: string, described: Described}} props @returns {ReactNode} */
function Password(props) {
  const { tb } = useTranslation();
  const [shown, setShown] = useState(false);
  const toggle = () => {
    setShown(!shown);
  };
  return element(
    'div',
    { className: 'password' },
    element(Line, { ...props, type: shown ? 'text' : 'password' }),
    element(
      'button',
      {
        type: 'button',
        className: 'quiet',
        'aria-pressed': shown,
        'aria-label': `${tb('showPassword')}: ${props.label}`,
        onClick: toggle,
      },
      tb('showPassword'),
    ),
  );
}

/** @param {FieldProps & {label: string, described: Described}} props @returns {ReactNode} */
function Box({ property, record, onChange, label, described }) {
  const checked = String(valueOf(record, property.propertyPath)) === 'true';
  return element(
    'label',
    { className: 'box' },
    element('input', {
      type: 'checkbox',
      name: property.propertyPath,
      checked,
      'aria-invalid': described.invalid,
      'aria-describedby': described.describedBy,
      onChange: () => {
        onChange(property.propertyPath, !checked);
      },
    }),
    element('span', null, label),
  );
}
