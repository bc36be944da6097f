import { ApiClient, element, useEffect, useId, useRef, useState, useTranslation } from './globals.mjs';
import { useDropNotices, useTell } from './notices.mjs';

/** @import { ReactNode } from 'react' */
/** @import { RecordJson, ResourceJson, Sent } from '../window.d.mts' */

/**
 * Makes a link by which the user of the form sets a password, and shows it this once.
 * @param {{resource: ResourceJson, record: RecordJson}} props
 * @returns {ReactNode}
 */
export function Invitation({ resource, record }) {
  const { ta, tm } = useTranslation();
  const [link, setLink] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const id = useId();
  const tell = useTell();
  const drop = useDropNotices();
  useEffect(() => {
    field.current?.select();
  }, [link]);

  const make = async () => {
    drop();
    setBusy(true);
    const request = {
      resourceId: resource.id,
      recordId: encodeURIComponent(record.id),
      actionName: 'invite',
      method: 'post',
    };
    /** @type {Sent} */
    const answer = await new ApiClient().recordAction(request).then(
      ({ data }) => data,
      () => ({ notice: { type: 'error', message: 'notDone' } }),
    );
    setBusy(false);
    setLink(answer.link ?? '');
    if (answer.notice) tell(answer.notice);
  };
  return element(
    'section',
    { className: 'card', 'aria-labelledby': `${id}title` },
    element('h2', { id: `${id}title` }, tm('invitation', resource.id)),
    element('p', { className: 'hint' }, tm('invitationHint', resource.id)),
    link !== '' &&
      element(
        'div',
        { className: 'field' },
        element('label', { htmlFor: id }, tm('invitationLink', resource.id)),
        element('input', { id, ref: field, value: link, readOnly: true }),
      ),
    element(
      'button',
      { type: 'button', className: 'quiet', disabled: busy, onClick: () => void make() },
      ta('invite', resource.id),
    ),
  );
}
