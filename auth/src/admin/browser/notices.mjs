import { Icon, element, inWords, useEffect, useSelector, useStore, useTranslation } from './globals.mjs';

/** @import { ReactNode } from 'react' */

/** Milliseconds for which a success is told; what went wrong, or is told once, stays until it is closed or something else is done. */
const TOLD_FOR = 8000;

/** @returns {() => void} takes away whatever was told: it is about what was done before */
export function useDropNotices() {
  const store = useStore();
  return () => {
    for (const { id } of store.getState().notices) store.dispatch({ type: 'DROP_NOTICE', data: { noticeId: id } });
  };
}

/** @returns {(notice: object) => void} tells something */
export function useTell() {
  const { dispatch } = useStore();
  return (notice) => {
    dispatch({ type: 'ADD_NOTICE', data: { id: `${Date.now()} ${Math.random()}`, progress: 0, ...notice } });
  };
}

/** The newest message; an older one would contradict it. @returns {ReactNode} */
export function Notices() {
  const { tb, tm } = useTranslation();
  const notice = useSelector(({ notices }) => notices).at(-1);
  const drop = useDropNotices();
  const failed = notice?.type === 'error';
  useEffect(() => {
    if (!notice || failed || notice.options?.stays) return undefined;
    const timer = setTimeout(drop, TOLD_FOR);
    return () => {
      clearTimeout(timer);
    };
  }, [notice?.id]);

  const told = notice && [
    element('p', { key: 'text' }, inWords(tm, notice.message, notice.resourceId, notice.options)),
    element(
      'button',
      { key: 'close', type: 'button', onClick: drop, 'aria-label': tb('close') },
      element(Icon, { name: 'X' }),
    ),
  ];
  // Both are there from the start: a screen reader tells what comes into a region, not one that comes itself.
  return element(
    'div',
    { className: 'notices', role: 'region', 'aria-label': tm('notices') },
    element('div', { role: 'status', className: 'right' }, failed ? null : told),
    element('div', { role: 'alert', className: 'wrong' }, failed ? told : null),
  );
}
