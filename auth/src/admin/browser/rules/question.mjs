import { element, useEffect, useId, useRef, useTranslation } from '../globals.mjs';

/** @import { ReactNode } from 'react' */

/**
 * A question before something is lost. The browser's own dialog keeps the focus inside, closes by Escape, and gives the
 * focus back.
 * @param {{about: string, text: string, yes: string, onAnswer: (yes: boolean) => void}} props
 * @returns {ReactNode}
 */
export function Question({ about, text, yes, onAnswer }) {
  const { tb } = useTranslation();
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
  return element(
    'dialog',
    {
      ref: dialog,
      role: 'alertdialog',
      'aria-labelledby': id,
      onClose: () => {
        onAnswer(said.current);
      },
    },
    element('p', { className: 'about' }, about),
    element('p', { id }, text),
    element(
      'div',
      { className: 'answers' },
      element('button', { type: 'button', className: 'quiet', onClick: () => dialog.current?.close() }, tb('cancel')),
      element('button', { type: 'button', className: 'danger', onClick: agree }, yes),
    ),
  );
}
