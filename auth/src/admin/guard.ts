import type { Request, RequestHandler } from 'express';
import { isAdministrator } from '../identity/user.ts';
import { deniedPage } from './deniedPage.ts';
import type { PanelServices } from './services.ts';
import { currentAdministrator, setCurrentAdministrator } from './currentAdministrator.ts';

/** Stands in front of everything, also of the reading of bodies: only an administrator, from our own pages, gets past. */
export function guard(services: PanelServices): RequestHandler[] {
  const { identify, loginPath, rootPath } = services;
  const origin = new URL(services.publicUrl).origin;

  return [
    // AdminJS takes everything that is not GET for a POST: a HEAD request would delete.
    function getOrPost(request, response, next) {
      if (request.method === 'GET' || request.method === 'POST') {
        next();
        return;
      }
      response.set('Allow', 'GET, POST');
      response.status(405).json({ error: 'method_not_allowed', message: 'The panel answers GET and POST.' });
    },

    async function loggedIn(request, response, next) {
      const session = await identify(request);
      if (session) {
        setCurrentAdministrator(response, session);
        next();
      } else if (isNavigation(request)) {
        response.redirect(302, `${loginPath}?next=${encodeURIComponent(`${rootPath}/`)}`);
      } else {
        response.status(401).json({ error: 'unauthorized', message: 'Log in first.' });
      }
    },

    function administratorOnly(request, response, next) {
      const { user } = currentAdministrator(response);
      if (isAdministrator(user)) {
        next();
        return;
      }
      response.status(403);
      if (isNavigation(request)) response.type('html').send(deniedPage(services, user.email));
      else response.json({ error: 'not_administrator', message: 'This is for administrators.' });
    },

    // The cookie is SameSite=Strict already; this holds where a browser, or a page on a neighbouring port, is not strict.
    function fromOurOwnPages(request, response, next) {
      if (request.method === 'GET' || isSameOrigin(request, origin)) {
        next();
        return;
      }
      response.status(403).json({ error: 'cross_site', message: 'Changes are made from the panel’s own pages only.' });
    },
  ];
}

/** Whether a person is waiting for a page, not a script for data. */
function isNavigation(request: Request): boolean {
  if (request.method !== 'GET') return false;
  const mode = request.get('Sec-Fetch-Mode');
  return mode === undefined ? (request.get('Accept') ?? '').includes('text/html') : mode === 'navigate';
}

/** Browsers leave `Sec-Fetch-Site` out on plain http; `Origin` comes with every POST. */
function isSameOrigin(request: Request, origin: string): boolean {
  const site = request.get('Sec-Fetch-Site');
  return site === undefined ? request.get('Origin') === origin : site === 'same-origin';
}
