import { Icon, Link, element, institution, listAddress, paths, useEffect, useLocation } from './globals.mjs';
import { useRef, useSelector, useState, useTranslation } from './globals.mjs';

/** @import { KeyboardEvent, ReactNode } from 'react' */

/**
 * Name, menu and account: a column at the left, or where there is little room a bar whose menu opens below it. What is
 * closed is not drawn, so the Tab key does not stop there.
 * @returns {ReactNode}
 */
export function Side() {
  const { tb, tl } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const { pathname } = useLocation();
  useEffect(() => {
    setOpen(false);
  }, [pathname]);

  const closeByEscape = (/** @type {KeyboardEvent} */ { key }) => {
    if (key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  const toggle = () => {
    setOpen(!open);
  };
  return element(
    'header',
    { className: 'side', onKeyDown: closeByEscape },
    element(Link, { className: 'brand', to: paths.rootPath }, element(Mark), institution),
    element(
      'button',
      {
        ref: button,
        type: 'button',
        className: 'opens-menu',
        onClick: toggle,
        'aria-expanded': open,
        'aria-controls': 'menu',
      },
      element(Icon, { name: open ? 'X' : 'Menu' }),
      tl('menu'),
    ),
    element(
      'div',
      { id: 'menu', className: open ? 'menu open' : 'menu' },
      element('nav', { 'aria-label': tl('navigation') }, element(Places, { pathname })),
      element(Account, { logOut: tb('logout') }),
    ),
  );
}

/** @param {{pathname: string}} props @returns {ReactNode} */
function Places({ pathname }) {
  const { tl } = useTranslation();
  const resources = useSelector((state) => state.resources);
  const home = { id: '', name: 'dashboard', navigation: { icon: 'Home' } };
  const place = (/** @type {typeof home} */ { id, name, navigation }) => {
    const address = id === '' ? paths.rootPath : listAddress(id);
    const here = id === '' ? !pathname.includes('/resources/') : `${pathname}/`.startsWith(`${address}/`);
    return element(
      'li',
      { key: id },
      element(
        Link,
        { to: address, 'aria-current': here ? 'page' : undefined },
        element(Icon, { name: navigation.icon }),
        tl(name),
      ),
    );
  };
  return element('ul', null, [home, ...resources].map(place));
}

/** @param {{logOut: string}} props @returns {ReactNode} */
function Account({ logOut }) {
  const { email, title } = useSelector(({ session }) => session);
  return element(
    'div',
    { className: 'account' },
    element('p', null, title === '' ? null : element('strong', null, title), element('span', null, email)),
    element('a', { href: paths.logoutPath, className: 'button quiet' }, element(Icon, { name: 'LogOut' }), logOut),
  );
}

/** The drawing that the login page has too. @returns {ReactNode} */
function Mark() {
  return element(
    'svg',
    { className: 'mark', viewBox: '0 0 48 48', 'aria-hidden': true, focusable: false },
    element('rect', { className: 'frame', x: 5, y: 7, width: 38, height: 34, rx: 4 }),
    element('circle', { cx: 33, cy: 17, r: 3.5 }),
    element('path', { d: 'M10 35 20 20l7 10 4-5 7 10z' }),
  );
}
