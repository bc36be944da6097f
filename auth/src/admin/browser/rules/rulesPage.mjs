import {
  Icon,
  Link,
  element,
  listAddress,
  useEffect,
  useLocation,
  useNavigate,
  useRef,
  useState,
} from '../globals.mjs';
import { useTranslation } from '../globals.mjs';
import { Heading } from '../heading.mjs';
import { Place, placeAddress } from './place.mjs';
import { Question } from './question.mjs';
import { Tree } from './tree.mjs';
import { useFolders } from './useFolders.mjs';

/** @import { ReactNode } from 'react' */

/** The folders on one side, and on the other what holds in the one that is chosen. @returns {ReactNode} */
export function RulesPage() {
  const { ta, tm } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const query = new URLSearchParams(search);
  const place = query.get('place') ?? '.';
  const entry = query.get('entry') ?? '';
  const folders = useFolders(place);
  const touched = useRef(false);
  const detail = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [leavingFor, setLeavingFor] = useState('');
  const touch = (/** @type {boolean} */ dirty) => {
    touched.current = dirty;
  };
  useEffect(() => {
    touch(false);
  }, [place]);
  const go = (/** @type {string} */ to) => {
    navigate(placeAddress(to));
    // On a telephone it is below the tree.
    if (detail.current && detail.current.offsetLeft < 100) detail.current.scrollIntoView({ block: 'start' });
  };
  const choose = (/** @type {string} */ to) => {
    if (to !== place && touched.current) setLeavingFor(to);
    else go(to);
  };
  return element(
    'div',
    { className: 'page' },
    element(
      'div',
      { className: 'head' },
      element(Heading, { title: ta('list', 'rules') }),
      element(
        Link,
        { className: 'button quiet', to: `${listAddress('rules')}/actions/list` },
        element(Icon, { name: 'List' }),
        tm('allRules', 'rules'),
      ),
    ),
    element(
      'div',
      { className: 'rules' },
      element(
        'section',
        { className: 'side-of-tree', 'aria-label': tm('folders', 'rules') },
        element(Tree, { folders, chosen: place, onChoose: choose }),
        element(GoTo, { onChoose: choose }),
      ),
      element(
        'section',
        { ref: detail, className: 'side-of-place', 'aria-labelledby': 'place' },
        element(Place, {
          key: `${place} ${entry}`,
          place,
          entry,
          onTouched: touch,
          onChanged: () => {
            folders.again(place);
          },
        }),
      ),
    ),
    leavingFor !== '' &&
      element(Question, {
        about: place,
        text: tm('leave', 'rules'),
        yes: tm('leaveIt', 'rules'),
        onAnswer: (/** @type {boolean} */ yes) => {
          setLeavingFor('');
          if (yes) go(leavingFor);
        },
      }),
  );
}

/** For who knows the path, and for what is not there yet. @param {{onChoose: (place: string) => void}} props @returns {ReactNode} */
function GoTo({ onChoose }) {
  const { tm } = useTranslation();
  const [path, setPath] = useState('');
  const submit = (/** @type {{preventDefault: () => void}} */ event) => {
    event.preventDefault();
    const place = path.trim().replace(/^\/+|\/+$/g, '');
    if (place !== '') onChoose(place);
  };
  return element(
    'form',
    { className: 'goes-to', onSubmit: submit },
    element('label', { htmlFor: 'goes-to' }, tm('goTo', 'rules')),
    element(
      'div',
      null,
      element('input', {
        id: 'goes-to',
        value: path,
        placeholder: 'maps/atlas',
        autoComplete: 'off',
        onChange: (/** @type {{target: {value: string}}} */ { target }) => {
          setPath(target.value);
        },
      }),
      element('button', { type: 'submit', className: 'quiet' }, tm('open', 'rules')),
    ),
  );
}
