import { ApiClient, element, language, useId, useLocation, useState } from './globals.mjs';
import { useTranslation } from './globals.mjs';
import { Heading } from './heading.mjs';
import { useDropNotices, useTell } from './notices.mjs';
import { WhyAnswer } from './whyAnswer.mjs';

/** @import { FormEvent, ReactNode } from 'react' */
/** @import { Answer } from './whyAnswer.mjs' */

const FIELDS = /** @type {const} */ (['place', 'user', 'key', 'share', 'from', 'at']);
const HINTS = new Set(['place', 'user', 'key', 'share', 'at']);

/** Why somebody sees an image or does not: any address, and who asks for it. @returns {ReactNode} */
export function WhyPage() {
  const { ta, tm, tp } = useTranslation();
  const { search } = useLocation();
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState(/** @type {Answer | undefined} */ (undefined));
  const drop = useDropNotices();
  const tell = useTell();

  const ask = async (/** @type {HTMLFormElement} */ form) => {
    drop();
    setBusy(true);
    const said = await send(new FormData(form));
    setBusy(false);
    setRefused(said.refused ?? '');
    setAnswer(said.answer);
    if (said.refused) /** @type {HTMLElement | null} */ (form.elements.namedItem(said.refused))?.focus();
    else if (!said.answer) tell({ type: 'error', message: 'notDone' });
  };
  return element(
    'div',
    { className: 'page narrow' },
    element('div', { className: 'head' }, element(Heading, { title: ta('list', 'why') })),
    element(
      'form',
      {
        className: 'card',
        onSubmit: (/** @type {FormEvent<HTMLFormElement>} */ event) => {
          event.preventDefault();
          void ask(event.currentTarget);
        },
      },
      FIELDS.map((name) =>
        element(Asked, {
          key: name,
          name,
          label: tp(name, 'why'),
          hint: HINTS.has(name) ? tm(`${name}Hint`, 'why') : '',
          error: refused === name ? tm(`${name}Wrong`, 'why') : '',
          initially: name === 'place' ? (new URLSearchParams(search).get('place') ?? '') : '',
        }),
      ),
      ['agreed', 'kiosk'].map((name) => element(Ticked, { key: name, name, label: tp(name, 'why') })),
      element('div', { className: 'answers' }, element('button', { type: 'submit', disabled: busy }, tm('ask', 'why'))),
    ),
    // There from the start: a screen reader tells what comes into it.
    element('div', { role: 'status', className: 'why' }, answer && element(WhyAnswer, { answer })),
  );
}

/**
 * @param {{name: string, label: string, hint: string, error: string, initially: string}} props
 * @returns {ReactNode}
 */
function Asked({ name, label, hint, error, initially }) {
  const id = useId();
  const below = error || hint;
  return element(
    'div',
    { className: 'field' },
    element('label', { htmlFor: id }, label),
    element('input', {
      id,
      name,
      defaultValue: initially,
      required: name === 'place',
      autoComplete: 'off',
      autoCapitalize: 'none',
      spellCheck: false,
      'aria-invalid': error !== '',
      'aria-describedby': below === '' ? undefined : `${id}below`,
    }),
    below !== '' && element('p', { id: `${id}below`, className: error === '' ? 'hint' : 'error' }, below),
  );
}

/** @param {{name: string, label: string}} props @returns {ReactNode} */
function Ticked({ name, label }) {
  return element('label', { className: 'box' }, element('input', { type: 'checkbox', name, value: 'true' }), label);
}

/** @param {FormData} data @returns {Promise<{answer?: Answer, refused?: string}>} what the server says; nothing where it does not */
async function send(data) {
  data.append('language', language);
  data.append('zone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  const request = { resourceId: 'why', actionName: 'ask', method: 'post', data };
  return new ApiClient().resourceAction(request).then(
    (answer) => /** @type {{answer?: Answer, refused?: string}} */ (/** @type {unknown} */ (answer.data)),
    () => ({}),
  );
}
