import { element, useTranslation } from '../globals.mjs';
import { sentencesOf } from './words.mjs';

/** @import { ReactNode } from 'react' */
/** @import { PlaceRules } from './written.mjs' */

/**
 * Somebody else was faster: both rules, and which of them is to hold.
 * @typedef {object} ConflictProps
 * @property {PlaceRules} theirs as it is kept now
 * @property {unknown} mine
 * @property {string} text mine, where it is typed as text
 * @property {(now: PlaceRules) => void} putMine
 * @property {(now: PlaceRules) => void} takeTheirs
 */

/** @param {ConflictProps} props @returns {ReactNode} */
export function Conflict({ theirs, mine, text, putMine, takeTheirs }) {
  const { tm } = useTranslation();
  const words = (/** @type {string} */ key) => tm(key, 'rules');
  const kept = theirs.seen === '' ? undefined : /** @type {unknown} */ (JSON.parse(theirs.seen));
  return element(
    'section',
    { className: 'conflict refused', tabIndex: -1, role: 'alert', 'aria-label': words('conflict') },
    element('p', null, words('conflict')),
    element(
      'div',
      { className: 'both' },
      element(
        'div',
        null,
        element('h4', null, words('theirs')),
        kept === undefined ? element('p', null, words('theyRemoved')) : element(Sentences, { rule: kept }),
        button('takeTheirs', takeTheirs),
      ),
      element(
        'div',
        null,
        element('h4', null, words('mine')),
        mine === undefined ? element('pre', null, text) : element(Sentences, { rule: mine }),
        button('putMine', putMine),
      ),
    ),
  );

  /** @param {string} key @param {(now: PlaceRules) => void} act */
  function button(key, act) {
    const onClick = () => {
      act(theirs);
    };
    return element('button', { type: 'button', className: 'quiet small', onClick }, words(key));
  }
}

/** What a rule says, a sentence each. @param {{rule: unknown}} props @returns {ReactNode} */
export function Sentences({ rule }) {
  const { tm } = useTranslation();
  return element(
    'ul',
    { className: 'sentences' },
    sentencesOf(tm, rule).map((sentence, index) => element('li', { key: index }, sentence)),
  );
}
