import { ApiClient, Icon, Link, element, listAddress, useEffect, useState, useTranslation } from './globals.mjs';
import { useDropNotices, useTell } from './notices.mjs';

/** @import { ReactNode } from 'react' */
/** @import { Sent, WarningJson } from '../window.d.mts' */

/** What somebody should do something about, above what there is to manage. @returns {ReactNode} */
export function Warnings() {
  const { tl } = useTranslation();
  const [warnings, setWarnings] = useState(/** @type {WarningJson[]} */ ([]));
  const look = async () => {
    const answer = await new ApiClient().getDashboard().catch(() => undefined);
    setWarnings(answer?.data.warnings ?? []);
  };
  useEffect(() => {
    void look();
  }, []);
  if (warnings.length === 0) return null;
  return element(
    'section',
    { className: 'warnings', 'aria-labelledby': 'warnings' },
    element('h2', { id: 'warnings' }, element(Icon, { name: 'AlertTriangle' }), tl('warnings')),
    element(
      'ul',
      null,
      warnings.map((warning) =>
        element(
          'li',
          { key: JSON.stringify(warning) },
          element(Words, { warning }),
          warning.kind === 'goneMoved' && element(Move, { warning, onMoved: look }),
        ),
      ),
    ),
  );
}

/** @param {{warning: WarningJson}} props @returns {ReactNode} */
function Words({ warning }) {
  const { kind, ...named } = warning;
  const { tl, tm } = useTranslation();
  const topic = kind === 'requests' ? 'requests' : 'rules';
  // What is named stands as it is: i18next would write < as &lt;, which React does again.
  const options = { ...named, interpolation: { escapeValue: false } };
  return element(
    'p',
    null,
    tm(`warning_${kind}`, options),
    ' ',
    kind !== 'fault' && element(Link, { to: listAddress(topic) }, tl(topic)),
  );
}

/** @param {{warning: WarningJson, onMoved: () => Promise<void>}} props @returns {ReactNode} */
function Move({ warning: { path = '', moved = '' }, onMoved }) {
  const { tb } = useTranslation();
  const [busy, setBusy] = useState(false);
  const drop = useDropNotices();
  const tell = useTell();
  const move = async () => {
    drop();
    setBusy(true);
    const data = new FormData();
    data.append('place', String(path));
    data.append('to', String(moved));
    const request = { resourceId: 'rules', actionName: 'move', method: 'post', data };
    /** @type {Sent} */
    const answer = await new ApiClient().resourceAction(request).then(
      (sent) => sent.data,
      () => ({ notice: { type: 'error', message: 'notDone' } }),
    );
    setBusy(false);
    if (answer.notice) tell(answer.notice);
    await onMoved();
  };
  return element(
    'button',
    { type: 'button', className: 'quiet', disabled: busy, onClick: () => void move() },
    tb('moveRule', { moved }),
  );
}
