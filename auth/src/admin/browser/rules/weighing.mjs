import { element, language, useEffect, useId, useRef, useTranslation } from '../globals.mjs';

/** @import { ReactNode } from 'react' */
/** @import { Translate } from '../../window.d.mts' */

/**
 * @typedef {{user: boolean, name?: string, role?: string, network?: string, gesture?: string}} Probe
 * @typedef {{probe: Probe, alsoUsers: boolean, before: number | 'full', after: number | 'full', since?: number}} Effect
 * @typedef {{reach: {images: number, folders: number, more: boolean}, effects: Effect[]}} Weighed
 */

/**
 * What a change touches, before it is made. The browser's own dialog keeps the focus inside, closes by Escape, and gives
 * the focus back.
 * @param {{weighed: Weighed, place: string, yes: string, removes: boolean, onAnswer: (yes: boolean) => void}} props
 * @returns {ReactNode}
 */
export function Weighing({ weighed: { reach, effects }, place, yes, removes, onAnswer }) {
  const { tb, tm } = useTranslation();
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const said = useRef(false);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const agree = () => {
    said.current = true;
    dialog.current?.close();
  };
  const groups = /** @type {const} */ (['more', 'less', 'nothingMore']).map((key) => ({
    key,
    some: effects.filter((effect) => kindOf(effect) === key),
  }));
  return element(
    'dialog',
    {
      ref: dialog,
      className: 'weighing',
      'aria-labelledby': id,
      onClose: () => {
        onAnswer(said.current);
      },
    },
    element('p', { className: 'about' }, place === '.' ? tm('allImages', 'rules') : place),
    element('p', { id }, reachInWords(tm, reach)),
    effects.length === 0 && element('p', null, tm('changesNothing', 'rules')),
    groups
      .filter(({ some }) => some.length > 0)
      .map(({ key, some }) =>
        element(
          'div',
          { key, className: key === 'more' ? 'effects right' : 'effects wrong' },
          element('h3', null, tm(key, 'rules')),
          element(
            'ul',
            null,
            some.map((effect, index) => element('li', { key: index }, effectInWords(tm, effect))),
          ),
        ),
      ),
    element(
      'div',
      { className: 'answers' },
      element('button', { type: 'button', className: 'quiet', onClick: () => dialog.current?.close() }, tb('cancel')),
      element('button', { type: 'button', className: removes ? 'danger' : '', onClick: agree }, yes),
    ),
  );
}

/** @param {Effect} effect */
function kindOf({ before, after }) {
  if (after === 0) return 'nothingMore';
  return after === 'full' || (before !== 'full' && after > before) ? 'more' : 'less';
}

/** @param {Translate} tm @param {Weighed['reach']} reach */
function reachInWords(tm, { images, folders, more }) {
  const number = (/** @type {number} */ count) => new Intl.NumberFormat(language).format(count);
  if (more) return tm('touchesMore', 'rules', { images: number(images) });
  if (images === 0) return tm('touchesNone', 'rules');
  if (images === 1) return tm('touchesOne', 'rules');
  return tm(folders === 1 ? 'touchesHere' : 'touches', 'rules', { images: number(images), folders: number(folders) });
}

/** @param {Translate} tm @param {Effect} effect */
function effectInWords(tm, { probe, alsoUsers, before, after, since }) {
  const sight = (/** @type {number | 'full'} */ sees) => {
    if (sees === 'full') return tm('all', 'rules');
    return sees === 0 ? tm('seesNothing', 'rules') : tm('smaller', 'rules', { pixels: sees });
  };
  const { user, name, role, network, gesture } = probe;
  const who = [
    ...(name === undefined ? [] : [name]),
    ...(role === undefined ? [] : [tm('theRole', 'rules', { role })]),
    ...(user && name === undefined && role === undefined ? [tm('anyUser', 'rules')] : []),
    ...(network === undefined ? [] : [tm('theNetwork', 'rules', { network })]),
    ...(gesture === undefined ? [] : [tm(gesture === 'kiosk' ? 'theKiosk' : 'theAgreed', 'rules')]),
  ];
  if (who.length === 0) who.push(tm(alsoUsers ? 'thePublicAndUsers' : 'thePublic', 'rules'));
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long' });
  const when = since === undefined ? '' : tm('sinceWhen', 'rules', { moment: day.format(since) });
  return `${who.join(' + ')}: ${tm('insteadOf', 'rules', { before: sight(before), after: sight(after) })}${when}`;
}
