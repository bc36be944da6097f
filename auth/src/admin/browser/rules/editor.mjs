import { element, inWords, useEffect, useId, useRef, useState, useTranslation } from '../globals.mjs';
import { useDropNotices, useTell } from '../notices.mjs';
import { ask } from './ask.mjs';
import { Conflict } from './conflict.mjs';
import { draftOf, lackOf, ruleOf } from './draft.mjs';
import { Rows } from './rows.mjs';
import { Weighing } from './weighing.mjs';

/** @import { ChangeEvent, ReactNode } from 'react' */
/** @import { Draft } from './draft.mjs' */
/** @import { Weighed } from './weighing.mjs' */
/** @import { PlaceRules } from './written.mjs' */

/**
 * The rule of one place, as it is typed: in rows, or as text.
 * @typedef {object} Typed
 * @property {Draft} [draft] where it is drawn as rows
 * @property {string} text where it is not
 */

/**
 * @typedef {object} EditorProps
 * @property {PlaceRules} at
 * @property {{roles: string[], networks: string[]}} known
 * @property {(at: PlaceRules, before: string) => void} onKept with what it was before
 * @property {() => void} onCancel
 * @property {(dirty: boolean) => void} onTouched
 */

/** @param {EditorProps} props @returns {ReactNode} */
export function Editor({ at, known, onKept, onCancel, onTouched }) {
  const { tb, tm } = useTranslation();
  const words = (/** @type {string} */ key) => tm(key, 'rules');
  const [typed, setTyped] = useState(() => typedOf(at));
  const [seen, setSeen] = useState(at.seen);
  const [theirs, setTheirs] = useState(/** @type {PlaceRules | undefined} */ (undefined));
  const [refused, setRefused] = useState('');
  const [checks, setChecks] = useState(0);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(
    /** @type {{rule: string, seen: string, weighed: Weighed} | undefined} */ (undefined),
  );
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const id = useId();
  const tell = useTell();
  const drop = useDropNotices();
  useEffect(() => {
    /** @type {HTMLElement | null | undefined} */ (
      form.current?.querySelector('[aria-invalid=true], .refused')
    )?.focus();
  }, [checks]);

  useEffect(() => {
    // The button that opened it is gone.
    if (at.seen === '') document.getElementById(`${id}title`)?.focus();
  }, []);

  const change = (/** @type {Typed} */ next) => {
    setTyped(next);
    setRefused('');
    onTouched(true);
  };
  const written = () => (typed.draft ? JSON.stringify(ruleOf(typed.draft)) : typed.text);
  const refuse = (/** @type {string} */ message) => {
    setRefused(inWords(tm, message, 'rules'));
    setChecks(checks + 1);
  };
  // Nothing is changed before it was said whom it touches.
  const weigh = async (/** @type {string} */ rule, /** @type {string} */ expected) => {
    drop();
    setBusy(true);
    const { weighed, refused: why } = await ask('weigh', { place: at.place, rule });
    setBusy(false);
    if (weighed) setAsking({ rule, seen: expected, weighed });
    else refuse(why?.message ?? '');
  };
  const keep = async (/** @type {string} */ rule, /** @type {string} */ expected) => {
    setBusy(true);
    const answer = await ask('keep', { place: at.place, rule, seen: expected });
    setBusy(false);
    if (answer.refused) {
      if (answer.at && answer.at.seen !== expected) {
        setTheirs(answer.at);
        setChecks(checks + 1);
      } else refuse(answer.refused.message);
    } else if (answer.at) {
      tell({ type: 'success', message: rule === '' ? 'ruleRemoved' : 'ruleKept', resourceId: 'rules' });
      onKept(answer.at, expected);
    }
  };
  const save = () => {
    if (typed.draft?.rows.some(lackOf)) setChecks(checks + 1);
    else void weigh(written(), seen);
  };
  const turn = async () => {
    const { value, text, refused: why } = await ask('read', { place: at.place, rule: written() });
    const draft = typed.draft || why ? undefined : draftOf(value);
    if (why) setRefused(inWords(tm, why.message, 'rules'));
    else if (typed.draft) setTyped({ text: text ?? '' });
    else if (draft) setTyped({ draft, text: '' });
    else setRefused(words('notInRows'));
  };
  const takeTheirs = (/** @type {PlaceRules} */ now) => {
    setTyped(typedOf(now));
    setSeen(now.seen);
    setTheirs(undefined);
  };
  const putMine = (/** @type {PlaceRules} */ now) => {
    setSeen(now.seen);
    setTheirs(undefined);
    void weigh(written(), now.seen);
  };
  const view = (/** @type {string} */ key, /** @type {boolean} */ here) =>
    element(
      'button',
      { type: 'button', className: 'quiet small', 'aria-pressed': here, onClick: here ? undefined : () => void turn() },
      words(key),
    );
  return element(
    'form',
    {
      ref: form,
      className: 'card editor',
      noValidate: true,
      'aria-labelledby': `${id}title`,
      onSubmit: (/** @type {{preventDefault: () => void}} */ event) => {
        event.preventDefault();
        save();
      },
    },
    element(
      'div',
      { className: 'head' },
      element('h3', { id: `${id}title`, tabIndex: -1 }, words(at.seen === '' ? 'newRule' : 'ownRule')),
      element(
        'div',
        { className: 'views', role: 'group', 'aria-label': words('views') },
        view('asRows', typed.draft !== undefined),
        view('asText', typed.draft === undefined),
      ),
    ),
    typed.draft
      ? element(Rows, {
          draft: typed.draft,
          known,
          checked: checks > 0,
          onChange: (/** @type {Draft} */ draft) => {
            change({ draft, text: '' });
          },
        })
      : element(
          'div',
          { className: 'field' },
          element('label', { htmlFor: `${id}text` }, words('ruleText')),
          element('textarea', {
            id: `${id}text`,
            rows: 8,
            spellCheck: false,
            value: typed.text,
            'aria-describedby': `${id}hint`,
            onChange: (/** @type {ChangeEvent<HTMLTextAreaElement>} */ { target }) => {
              change({ text: target.value });
            },
          }),
          element('p', { id: `${id}hint`, className: 'hint' }, words('ruleHint')),
        ),
    theirs &&
      element(Conflict, { theirs, mine: typed.draft && ruleOf(typed.draft), text: typed.text, putMine, takeTheirs }),
    refused !== '' && element('p', { className: 'error refused', role: 'alert', tabIndex: -1 }, refused),
    element(
      'div',
      { className: 'answers' },
      element('button', { type: 'submit', disabled: busy }, tb('save')),
      element('button', { type: 'button', className: 'quiet', onClick: onCancel }, tb('cancel')),
      at.seen !== '' &&
        element(
          'button',
          {
            type: 'button',
            className: 'quiet wrong',
            disabled: busy,
            onClick: () => void weigh('', seen),
          },
          words('removeRule'),
        ),
    ),
    asking &&
      element(Weighing, {
        weighed: asking.weighed,
        place: at.place,
        removes: asking.rule === '',
        yes: asking.rule === '' ? words('removeRule') : tb('save'),
        onAnswer: (/** @type {boolean} */ yes) => {
          setAsking(undefined);
          if (yes) void keep(asking.rule, asking.seen);
        },
      }),
  );
}

/** @param {PlaceRules} at @returns {Typed} a rule that is kept, or else a copy of the one that holds */
function typedOf({ seen, holds, text }) {
  const rule = seen === '' ? holds.rule : JSON.parse(seen);
  return { draft: draftOf(rule), text };
}
