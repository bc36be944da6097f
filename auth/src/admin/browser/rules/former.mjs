import { element, inWords, language, useState, useTranslation } from '../globals.mjs';
import { useTell } from '../notices.mjs';
import { ask } from './ask.mjs';
import { Sentences } from './conflict.mjs';

/** @import { ReactNode } from 'react' */
/** @import { PlaceRules } from './written.mjs' */

/**
 * @typedef {{before: string, after: string, at?: string, actor?: string}} Change the rule before and after, JSON or empty;
 *   who has changed it, and when, where it was not just now
 */

/**
 * A change that can be taken back: the rule as it was, and as it is. Not where it is another by now.
 * @param {{change: Change, at: PlaceRules, onKept: (at: PlaceRules) => void, onSeen: (at: PlaceRules) => void}} props
 * @returns {ReactNode}
 */
export function Former({ change, at, onKept, onSeen }) {
  const { tm } = useTranslation();
  const words = (/** @type {string} */ key, /** @type {object} */ options = {}) => tm(key, 'rules', options);
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const { before, after, actor, at: when } = change;
  const isOther = at.seen !== after;
  const takeBack = async () => {
    setBusy(true);
    const answer = await ask('keep', { place: at.place, rule: before, seen: after });
    setBusy(false);
    const message = answer.refused && inWords(tm, answer.refused.message, 'rules');
    tell({ type: message ? 'error' : 'success', message: message ?? 'takenBack', resourceId: 'rules' });
    if (answer.at) (answer.refused ? onSeen : onKept)(answer.at);
  };
  const rule = (/** @type {string} */ title, /** @type {string} */ value) =>
    element(
      'div',
      null,
      element('h4', null, words(title)),
      value === '' ? element('p', null, words('noRule')) : element(Sentences, { rule: JSON.parse(value) }),
    );
  const time = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeStyle: 'long',
  });
  return element(
    'section',
    { className: 'card former', 'aria-labelledby': 'former' },
    element('h3', { id: 'former' }, words('takeBackTitle')),
    when !== undefined &&
      element('p', { className: 'origin' }, words('changedBy', { actor, moment: time.format(new Date(when)) })),
    element(
      'div',
      { className: 'both' },
      rule('asItWas', before),
      rule('asItBecame', after),
      isOther && rule('theirs', at.seen),
    ),
    isOther
      ? element('p', { className: 'error' }, words('changedSince'))
      : element(
          'button',
          { type: 'button', className: 'quiet', disabled: busy, onClick: () => void takeBack() },
          words('takeBack'),
        ),
  );
}
