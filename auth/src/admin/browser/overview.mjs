import { Heading } from './heading.mjs';
import { Icon, Link, element, listAddress, useSelector, useTranslation } from './globals.mjs';
import { Warnings } from './warnings.mjs';

/** @import { ReactNode } from 'react' */

/** What there is to manage, in a sentence each. @returns {ReactNode} */
export function Overview() {
  const { tl, tm } = useTranslation();
  const resources = useSelector((state) => state.resources);
  return element(
    'div',
    { className: 'page' },
    element(Heading, { title: tl('dashboard') }),
    element(Warnings),
    element(
      'ul',
      { className: 'topics' },
      resources.map(({ id, name, navigation }) =>
        element(
          'li',
          { key: id },
          element(
            'h2',
            null,
            element(Icon, { name: navigation.icon }),
            element(Link, { to: listAddress(id) }, tl(name)),
          ),
          element('p', null, tm('about', id)),
        ),
      ),
    ),
  );
}
