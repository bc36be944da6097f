import { element, institution, useEffect, useRef } from './globals.mjs';

/** @import { ReactNode } from 'react' */

let arrived = false;

/**
 * The title of a page. It takes the focus when another page comes, so that the next Tab goes on from there and screen
 * readers say where they are; not on the first page, where the browser does it.
 * @param {{title: string, children?: ReactNode}} props
 * @returns {ReactNode}
 */
export function Heading({ title, children }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => {
    document.title = `${title} – ${institution}`;
  }, [title]);
  useEffect(() => {
    if (arrived) heading.current?.focus();
    arrived = true;
  }, []);
  return element('h1', { ref: heading, tabIndex: -1 }, title, children);
}
