import { Route, Routes, element, language, paths, useEffect, useParams, useSelector } from './globals.mjs';
import { useState, useTranslation } from './globals.mjs';
import { FormPage } from './form.mjs';
import { Heading } from './heading.mjs';
import { ListPage } from './list.mjs';
import { Notices } from './notices.mjs';
import { Overview } from './overview.mjs';
import { RulesPage } from './rules/rulesPage.mjs';
import { Side } from './side.mjs';
import { WhyPage } from './why.mjs';

/** @import { FunctionComponent, ReactNode } from 'react' */
/** @import { ResourceJson } from '../window.d.mts' */

/** The whole page. @returns {ReactNode} */
export function App() {
  const { i18n, tl } = useTranslation();
  const [speaks, setSpeaks] = useState(false);
  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language).then(() => {
      setSpeaks(true);
    });
  }, []);
  if (!speaks) return null;
  const resource = `${paths.rootPath}/resources/:resourceId`;
  return element(
    'div',
    { className: 'panel' },
    element('a', { className: 'skip', href: '#main' }, tl('skip')),
    element(Side),
    element(
      'main',
      { id: 'main', tabIndex: -1 },
      element(
        Routes,
        null,
        element(Route, { path: `${resource}/actions/new`, element: element(OfResource, { page: FormPage }) }),
        element(Route, {
          path: `${resource}/records/:recordId/edit`,
          element: element(OfResource, { page: FormPage }),
        }),
        element(Route, { path: `${paths.rootPath}/resources/why`, element: element(WhyPage) }),
        element(Route, { path: `${paths.rootPath}/resources/rules`, element: element(RulesPage) }),
        element(Route, { path: `${resource}/actions/list`, element: element(OfResource, { page: ListPage }) }),
        element(Route, { path: resource, element: element(OfResource, { page: ListPage }) }),
        element(Route, { path: '*', element: element(Overview) }),
      ),
    ),
    element(Notices),
  );
}

/**
 * Made anew for each record, so that nothing of another one is left.
 * @param {{page: FunctionComponent<{resource: ResourceJson, recordId?: string}>}} props
 * @returns {ReactNode}
 */
function OfResource({ page }) {
  const { resourceId, recordId } = useParams();
  const { tm } = useTranslation();
  const resource = useSelector(({ resources }) => resources).find(({ id }) => id === resourceId);
  if (!resource) return element(Heading, { title: tm('noSuchPage') });
  return element(page, { key: `${resourceId} ${recordId}`, resource, recordId });
}
