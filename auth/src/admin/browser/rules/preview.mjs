import { Icon, element, inWords, useId, useState, useTranslation } from '../globals.mjs';
import { ask } from './ask.mjs';

/** @import { ReactNode } from 'react' */

/** @typedef {{path: string[], sees: number | 'full', shown: number | 'full'}} PreviewImage */

const NOTHING_TYPED = { user: '', from: '', when: '', agreed: 'false', kiosk: 'false' };

/**
 * What somebody sees of the first images: as whom, from where, when. The rules that hold, not those that are being typed.
 * @param {{place: string}} props
 * @returns {ReactNode}
 */
export function Preview({ place }) {
  const { tm } = useTranslation();
  const words = (/** @type {string} */ key) => tm(key, 'rules');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [images, setImages] = useState(/** @type {PreviewImage[] | undefined} */ (undefined));
  const [refused, setRefused] = useState({ field: '', message: '' });
  const id = useId();

  const set = (/** @type {Partial<typeof NOTHING_TYPED>} */ change) => {
    setTyped({ ...typed, ...change });
    // What is shown is of what was asked, and not of this.
    setImages(undefined);
  };
  const look = async (/** @type {{preventDefault: () => void}} */ event) => {
    event.preventDefault();
    const answer = await ask('preview', { place, ...typed });
    setRefused(answer.refused ?? { field: '', message: '' });
    setImages(answer.images);
  };
  const line = (/** @type {'user' | 'from' | 'when'} */ field, /** @type {string} */ placeholder) =>
    element(
      'div',
      { className: 'part' },
      element('label', { htmlFor: `${id}${field}` }, words(`preview_${field}`)),
      element('input', {
        id: `${id}${field}`,
        value: typed[field],
        placeholder,
        autoComplete: 'off',
        'aria-invalid': refused.field === field || undefined,
        'aria-describedby': refused.field === field ? `${id}refused` : undefined,
        onChange: (/** @type {{target: {value: string}}} */ { target }) => {
          set({ [field]: target.value });
        },
      }),
    );
  const box = (/** @type {'agreed' | 'kiosk'} */ field) =>
    element(
      'label',
      { className: 'box' },
      element('input', {
        type: 'checkbox',
        checked: typed[field] === 'true',
        onChange: () => {
          set({ [field]: String(typed[field] !== 'true') });
        },
      }),
      element('span', null, words(`preview_${field}`)),
    );
  return element(
    'section',
    { className: 'card', 'aria-labelledby': `${id}title` },
    element('h3', { id: `${id}title` }, words('preview')),
    element(
      'form',
      { onSubmit: (/** @type {{preventDefault: () => void}} */ event) => void look(event) },
      element(
        'div',
        { className: 'parts' },
        line('user', 'anna@example.org'),
        line('from', '10.1.2.3'),
        line('when', '2027-07-01'),
        box('agreed'),
        box('kiosk'),
      ),
      refused.message !== '' &&
        element('p', { id: `${id}refused`, className: 'error', role: 'alert' }, inWords(tm, refused.message, 'rules')),
      element('button', { type: 'submit', className: 'quiet' }, words('previewShow')),
    ),
    element('div', { role: 'status' }, images && element(Images, { images })),
  );
}

/** @param {{images: PreviewImage[]}} props @returns {ReactNode} */
function Images({ images }) {
  const { tm } = useTranslation();
  if (images.length === 0) return element('p', { className: 'hint' }, tm('previewNone', 'rules'));
  return element(
    'ul',
    { className: 'thumbnails' },
    images.map((image) => element(Thumbnail, { key: image.path.join('/'), image })),
  );
}

/**
 * A small picture of what that somebody sees: the same that the server would send them. Where they see nothing, or the one
 * who looks at this page may not see it, there is none.
 * @param {{image: PreviewImage}} props
 * @returns {ReactNode}
 */
function Thumbnail({ image: { path, sees, shown } }) {
  const { tm } = useTranslation();
  const [failed, setFailed] = useState(false);
  const name = path.at(-1) ?? '';
  const identifier = path.map((part) => encodeURIComponent(part)).join('!') + (shown === 'full' ? '' : `!!${shown}`);
  const sight = sees === 'full' ? tm('all', 'rules') : tm('smaller', 'rules', { pixels: sees });
  const hidden = failed ? tm('previewFailed', 'rules') : tm('previewNotYours', 'rules', { sight });
  return element(
    'li',
    null,
    sees !== 0 && shown !== 0 && !failed
      ? element('img', {
          src: `/iiif/images/${identifier}/full/!160,160/0/default.jpg`,
          alt: '',
          onError: () => {
            setFailed(true);
          },
        })
      : element('div', { className: 'locked' }, element(Icon, { name: sees === 0 ? 'Lock' : 'EyeOff' })),
    element('strong', null, name),
    element('span', null, sees === 0 ? tm('seesNothing', 'rules') : shown === 0 || failed ? hidden : sight),
  );
}
