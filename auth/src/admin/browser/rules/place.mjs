import { Icon, Link, element, inWords, listAddress, useEffect, useState, useTranslation } from '../globals.mjs';
import { ask } from './ask.mjs';
import { Sentences } from './conflict.mjs';
import { Editor } from './editor.mjs';
import { Former } from './former.mjs';
import { Preview } from './preview.mjs';

/** @import { ReactNode } from 'react' */
/** @import { Answer } from './ask.mjs' */
/** @import { Change } from './former.mjs' */
/** @import { PlaceRules, ShownRule } from './written.mjs' */

/** @param {string} place @returns {string} the address at which it is chosen */
export function placeAddress(place) {
  return `${listAddress('rules')}?place=${encodeURIComponent(place)}`;
}

/**
 * What holds at a place, where it comes from, and its editor.
 * @param {{place: string, entry: string, onChanged: () => void, onTouched: (dirty: boolean) => void}} props
 * @returns {ReactNode}
 */
export function Place({ place, entry, onChanged, onTouched }) {
  const { tm } = useTranslation();
  const [answer, setAnswer] = useState(/** @type {Answer | undefined} */ (undefined));
  const [former, setFormer] = useState(/** @type {Change | undefined} */ (undefined));
  useEffect(() => {
    void ask('look', { place }).then(setAnswer);
    if (entry === '') return;
    void ask('former', { place, entry }).then(({ former: found }) => {
      setFormer(found);
    });
  }, []);
  const change = (/** @type {PlaceRules} */ at, /** @type {string | undefined} */ before) => {
    setAnswer((known) => ({ ...known, at }));
    setFormer(before === undefined ? undefined : { before, after: at.seen });
    onTouched(false);
    onChanged();
    focusTitle();
  };
  const see = (/** @type {PlaceRules} */ now) => {
    setAnswer({ ...answer, at: now });
  };
  if (!answer) return element('p', { className: 'nothing' }, tm('loading'));
  const { at, refused, roles = [], networks = [] } = answer;
  if (!at) return element('p', { className: 'nothing' }, inWords(tm, refused?.message ?? '', 'rules'));
  return element(RulesOfPlace, { at, former, known: { roles, networks }, onKept: change, onSeen: see, onTouched });
}

/**
 * @param {{at: PlaceRules, former?: Change, known: {roles: string[], networks: string[]},
 *   onKept: (at: PlaceRules, before?: string) => void, onSeen: (at: PlaceRules) => void,
 *   onTouched: (dirty: boolean) => void}} props
 * @returns {ReactNode}
 */
function RulesOfPlace({ at, former, known, onKept, onSeen, onTouched }) {
  const { tm } = useTranslation();
  const [times, setTimes] = useState(0);
  const [making, setMaking] = useState(false);
  const words = (/** @type {string} */ key, /** @type {object} */ options = {}) => tm(key, 'rules', options);
  const { place, kind, leadsTo, holds, otherwise, seen } = at;
  const isOwn = holds.place === place && holds.source !== 'default';
  const isLocked = isOwn && holds.source !== 'panel';
  const start = () => {
    setMaking(true);
  };
  const stop = () => {
    setMaking(false);
    setTimes(times + 1);
    onTouched(false);
    focusTitle();
  };
  return element(
    'div',
    null,
    element('h2', { id: 'place', tabIndex: -1 }, place === '.' ? words('allImages') : place),
    kind === 'missing' && element('p', { className: 'warning' }, words('placeIsMissing')),
    leadsTo !== undefined && element('p', { className: 'warning' }, words('isLink', { leadsTo })),
    element(
      'section',
      { className: 'card holds', 'aria-labelledby': 'holds' },
      element('h3', { id: 'holds' }, words('holds')),
      element(Sentences, { rule: holds.rule }),
      element(Origin, { holds, isOwn }),
      !isLocked && seen === '' && !making && element('button', { type: 'button', onClick: start }, words('makeRule')),
    ),
    former && element(Former, { change: former, at, onKept, onSeen }),
    isLocked &&
      seen !== '' &&
      element('p', { className: 'warning' }, words('overruled', { file: holds.name.split(': ')[0] })),
    !isLocked &&
      (seen !== '' || making) &&
      element(Editor, { key: `${seen} ${times}`, at, known, onKept, onCancel: stop, onTouched }),
    !isLocked &&
      seen !== '' &&
      element(
        'section',
        { className: 'otherwise', 'aria-labelledby': 'otherwise' },
        element('h3', { id: 'otherwise' }, words('otherwise')),
        element(Sentences, { rule: otherwise.rule }),
        element(Origin, { holds: otherwise, isOwn: false }),
      ),
    element(Preview, { key: `preview ${JSON.stringify(holds)}`, place }),
  );
}

/** What had the focus is drawn anew, or gone. */
function focusTitle() {
  document.getElementById('place')?.focus();
}

/** Where a rule comes from. @param {{holds: ShownRule, isOwn: boolean}} props @returns {ReactNode} */
function Origin({ holds, isOwn }) {
  const { tm } = useTranslation();
  const { source, name, place } = holds;
  const options = { file: name.split(': ')[0], folder: place === '.' ? tm('allImages', 'rules') : place };
  const key = isOwn ? `own_${source}` : source === 'default' ? 'from_default' : `from_${source}`;
  const isLocked = source === 'file' || source === 'demo';
  return element(
    'p',
    { className: 'origin' },
    isLocked && element(Icon, { name: 'Lock' }),
    element('span', null, tm(key, 'rules', options)),
    !isOwn && source !== 'default' && element(Link, { to: placeAddress(place) }, tm('openIt', 'rules', options)),
  );
}
