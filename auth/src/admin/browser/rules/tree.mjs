import { Icon, element, useEffect, useId, useMemo, useRef, useState, useTranslation } from '../globals.mjs';
import { parentOf, rowsOf, typedAhead } from './treeRows.mjs';

/** @import { KeyboardEvent, ReactNode } from 'react' */
/** @import { Row } from './treeRows.mjs' */
/** @import { useFolders } from './useFolders.mjs' */

/** Pixels of a line: panel.css. */
const LINE = 34;
/** Lines that are drawn above and below those that are seen. */
const AROUND = 12;
/** Milliseconds after which a letter begins a name anew. */
const TYPING = 700;

/**
 * The folders and images, as a tree for the keyboard (ARIA). Only the lines that are seen are drawn, so that ten thousand
 * are as quick as ten.
 * @param {{folders: ReturnType<typeof useFolders>, chosen: string, onChoose: (place: string) => void}} props
 * @returns {ReactNode}
 */
export function Tree({ folders: { folders, open, unfold, fold }, chosen, onChoose }) {
  const { tm } = useTranslation();
  const rows = useMemo(() => rowsOf(folders, open, tm('allImages', 'rules')), [folders, open]);
  const [place, setActive] = useState(chosen);
  const [scrolled, setScrolled] = useState(0);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const typing = useRef({ text: '', at: 0 });
  const id = useId();
  const active = Math.max(
    0,
    rows.findIndex((row) => row.place === place),
  );
  useEffect(() => {
    setActive(chosen);
  }, [chosen]);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const top = active * LINE;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top + LINE > current.scrollTop + current.clientHeight)
      current.scrollTop = top + LINE - current.clientHeight;
  }, [active]);

  const goTo = (/** @type {number} */ index) => {
    setActive(rows[Math.min(Math.max(index, 0), rows.length - 1)].place);
  };
  const choose = (/** @type {Row} */ row) => {
    setActive(row.place);
    if (row.kind !== 'more') onChoose(row.place);
  };
  const toggle = (/** @type {Row} */ row) => {
    if (open.has(row.place)) fold(row.place);
    else unfold(row.place);
  };
  const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / LINE) - 1);
  const row = rows[active];
  const isOpen = open.has(row.place);
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => {
      goTo(active + 1);
    },
    ArrowUp: () => {
      goTo(active - 1);
    },
    PageDown: () => {
      goTo(active + page);
    },
    PageUp: () => {
      goTo(active - page);
    },
    Home: () => {
      goTo(0);
    },
    End: () => {
      goTo(rows.length - 1);
    },
    ArrowRight: () => {
      if (row.kind !== 'folder') return;
      if (!isOpen) unfold(row.place);
      else if (rows[active + 1]?.level > row.level) goTo(active + 1);
    },
    ArrowLeft: () => {
      if (row.kind === 'folder' && isOpen) fold(row.place);
      else setActive(parentOf(row.place));
    },
    Enter: () => {
      choose(row);
    },
    ' ': () => {
      choose(row);
    },
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const now = Date.now();
    const goesOn = now - typing.current.at < TYPING && typing.current.text !== '';
    if (Object.hasOwn(keys, key) && !(key === ' ' && goesOn)) {
      typing.current = { text: '', at: 0 };
      keys[key]();
    } else if (key.length === 1) {
      typing.current = { text: goesOn ? typing.current.text + key : key, at: now };
      goTo(typedAhead(rows, active, typing.current.text));
    } else return;
    event.preventDefault();
  };
  const first = Math.floor(scrolled / LINE) - AROUND;
  const last = first + Math.ceil((box.current?.clientHeight ?? 600) / LINE) + 2 * AROUND;
  const drawn = rows.map((one, index) => ({ one, index })).filter(({ index }) => isDrawn(index));
  return element(
    'div',
    {
      ref: box,
      className: 'tree',
      role: 'tree',
      tabIndex: 0,
      'aria-label': tm('tree', 'rules'),
      'aria-activedescendant': `${id}${active}`,
      onKeyDown: press,
      onScroll: () => {
        setScrolled(box.current?.scrollTop ?? 0);
      },
    },
    element(
      'div',
      { role: 'presentation', style: { height: rows.length * LINE } },
      drawn.map(({ one, index }) =>
        element(Line, {
          key: one.place,
          id: `${id}${index}`,
          row: one,
          top: index * LINE,
          open: one.kind === 'folder' ? open.has(one.place) : undefined,
          loading: open.has(one.place) && !folders.has(one.place),
          active: index === active,
          chosen: one.place === chosen,
          onChoose: choose,
          onToggle: toggle,
        }),
      ),
    ),
  );

  /** The active one is drawn wherever it is: the tree names it as the one that has the focus. @param {number} index */
  function isDrawn(index) {
    return (index >= first && index <= last) || index === active;
  }
}

const ICONS = { folder: 'Folder', image: 'Image', missing: 'AlertTriangle', more: 'MoreHorizontal' };

/**
 * @typedef {object} LineProps
 * @property {string} id
 * @property {Row} row
 * @property {number} top
 * @property {boolean | undefined} open
 * @property {boolean} loading
 * @property {boolean} active
 * @property {boolean} chosen
 * @property {(row: Row) => void} onChoose
 * @property {(row: Row) => void} onToggle
 */

/** @param {LineProps} props @returns {ReactNode} */
function Line({ id, row, top, open, loading, active, chosen, onChoose, onToggle }) {
  const { tm } = useTranslation();
  const told = [
    row.own ? tm('hasOwnRule', 'rules') : '',
    row.within ? tm('hasRulesWithin', 'rules') : '',
    row.kind === 'missing' ? tm('isMissing', 'rules') : '',
  ].filter((text) => text !== '');
  const marks = [...(row.own ? ['own'] : []), ...(row.within ? ['within'] : [])];
  return element(
    'div',
    {
      id,
      role: 'treeitem',
      className: `line ${row.kind}${active ? ' active' : ''}`,
      style: { top, paddingLeft: `${(row.level - 1) * 1.1 + 0.3}rem` },
      title: [row.name, ...told].join(', '),
      'aria-label': [row.name, ...told].join(', '),
      'aria-level': row.level,
      'aria-posinset': row.position,
      'aria-setsize': row.size,
      'aria-expanded': open,
      'aria-selected': chosen,
      'aria-busy': loading || undefined,
      onClick: () => {
        onChoose(row);
      },
      onDoubleClick: () => {
        if (row.kind === 'folder') onToggle(row);
      },
    },
    element(
      'span',
      {
        className: 'twist',
        onClick: (/** @type {{stopPropagation: () => void}} */ event) => {
          if (row.kind !== 'folder') return;
          event.stopPropagation();
          onToggle(row);
        },
      },
      open !== undefined && element(Icon, { name: open ? 'ChevronDown' : 'ChevronRight' }),
    ),
    element(Icon, { name: ICONS[row.kind] }),
    element('span', { className: 'name' }, row.name),
    marks.map((mark) => element('span', { key: mark, className: `mark-of-rule ${mark}` })),
  );
}
