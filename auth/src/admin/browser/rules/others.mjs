import { element, useId, useTranslation } from '../globals.mjs';

/** @import { ChangeEvent, ReactNode } from 'react' */

/**
 * What a rule says beside its grants: why, whether its manifests are protected, and whether access can be asked for. What is
 * not drawn here stays as it is.
 * @param {{others: Record<string, unknown>, onChange: (others: Record<string, unknown>) => void}} props
 * @returns {ReactNode}
 */
export function Others({ others, onChange }) {
  const { tm } = useTranslation();
  const words = (/** @type {string} */ key) => tm(key, 'rules');
  const id = useId();
  const { reason, manifest, request } = others;
  const set = (/** @type {string} */ key, /** @type {unknown} */ value) => {
    const { [key]: _, ...rest } = others;
    onChange(value === '' || value === false ? rest : { ...rest, [key]: value });
  };
  const line = (
    /** @type {string} */ label,
    /** @type {string} */ value,
    /** @type {(text: string) => void} */ write,
  ) =>
    element(
      'div',
      { key: label, className: 'field' },
      element('label', { htmlFor: `${id}${label}` }, label),
      element('input', {
        id: `${id}${label}`,
        value,
        autoComplete: 'off',
        onChange: (/** @type {ChangeEvent<HTMLInputElement>} */ { target }) => {
          write(target.value);
        },
      }),
    );
  // In one language, or in several.
  const reasons =
    typeof reason === 'object' && reason !== null
      ? Object.entries(reason).map(([language, text]) =>
          line(`${words('reason')} (${language})`, String(text), (typed) => {
            const { [language]: _, ...left } = /** @type {Record<string, unknown>} */ (reason);
            const all = typed === '' ? left : { ...reason, [language]: typed };
            set('reason', Object.keys(all).length > 0 && all);
          }),
        )
      : line(words('reason'), typeof reason === 'string' ? reason : '', (typed) => {
          set('reason', typed);
        });
  return element(
    'div',
    { className: 'others' },
    reasons,
    element(
      'div',
      { className: 'parts' },
      element(
        'div',
        null,
        element('label', { htmlFor: `${id}manifest` }, words('manifest')),
        element(
          'select',
          {
            id: `${id}manifest`,
            value: typeof manifest === 'string' ? manifest : '',
            onChange: (/** @type {ChangeEvent<HTMLSelectElement>} */ { target }) => {
              set('manifest', target.value);
            },
          },
          ['', 'open', 'protected'].map((value) =>
            element(
              'option',
              { key: value, value },
              words(value === '' ? 'manifest_asElsewhere' : `manifest_${value}`),
            ),
          ),
        ),
      ),
      element(
        'label',
        { className: 'box' },
        element('input', {
          type: 'checkbox',
          checked: request === true,
          onChange: () => {
            set('request', request !== true);
          },
        }),
        element('span', null, words('request')),
      ),
    ),
  );
}
