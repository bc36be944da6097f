import { ApiClient, element, useEffect, useId, useRef, useState, useTranslation } from './globals.mjs';
import { useDropNotices, useTell } from './notices.mjs';

/** @import { ReactNode } from 'react' */
/** @import { RecordJson, ResourceJson, Sent } from '../window.d.mts' */

/**
 * Asks before something is removed, and removes it. The browser's own dialog keeps the focus inside, closes by Escape, and
 * gives the focus back.
 * @param {{resource: ResourceJson, record: RecordJson, guard?: string, onAnswer: (removed: boolean) => void}} props
 * @returns {ReactNode}
 */
export function Removal({ resource, record, guard = 'confirmDelete', onAnswer }) {
  const { ta, tb, tm } = useTranslation();
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const tell = useTell();
  const drop = useDropNotices();
  const title = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const remove = async () => {
    drop();
    setBusy(true);
    const request = {
      resourceId: resource.id,
      recordId: encodeURIComponent(record.id),
      actionName: 'delete',
      method: 'post',
    };
    /** @type {Sent} */
    const answer = await new ApiClient().recordAction(request).then(
      ({ data }) => data,
      () => ({ notice: { type: 'error', message: 'notDone' } }),
    );
    if (answer.notice) tell(answer.notice);
    dialog.current?.close();
    const removed = answer.redirectUrl !== undefined;
    onAnswer(removed);
    // What had the focus is gone with its row.
    if (removed) document.querySelector('h1')?.focus();
  };
  return element(
    'dialog',
    {
      ref: dialog,
      role: 'alertdialog',
      'aria-labelledby': title,
      onClose: () => {
        if (!busy) onAnswer(false);
      },
    },
    element('p', { className: 'about' }, record.title),
    element('p', { id: title }, tm(guard, resource.id)),
    element(
      'div',
      { className: 'answers' },
      element('button', { type: 'button', className: 'quiet', onClick: () => dialog.current?.close() }, tb('cancel')),
      element(
        'button',
        { type: 'button', className: 'danger', disabled: busy, onClick: () => void remove() },
        ta('delete', resource.id),
      ),
    ),
  );
}
