import { convertToExpressRoute, routeHandler } from '@adminjs/express';
import AdminJS, { Router as AdminRouter, type CurrentAdmin } from 'adminjs';
import express from 'express';
import type { LiveSession } from '../sessions/session.ts';
import { assets, STYLESHEET } from './assets.ts';
import { changes } from './changes.ts';
import { allowScripts } from './headers.ts';
import { knownFields, knownQuery } from './input.ts';
import { existingOnly } from './existingOnly.ts';
import { hardened } from './page.ts';
import { english } from './texts/english.ts';
import { german } from './texts/german.ts';
import type { PanelServices } from './services.ts';
import { auditResource } from './resources/audit.ts';
import { keysResource } from './resources/keys.ts';
import { networksResource } from './resources/networks.ts';
import { picturesResource, unservedResource } from './resources/pictures.ts';
import { rolesResource } from './resources/roles.ts';
import { rulesResource } from './resources/rules.ts';
import { requestsResource } from './resources/requests.ts';
import { sharesResource } from './resources/shares.ts';
import { sessionsResource } from './resources/sessions.ts';
import { usersResource } from './resources/users.ts';
import { whyResource } from './resources/why.ts';
import { warningsOfRequests } from './warnings.ts';
import { currentAdministrator } from './currentAdministrator.ts';

/** AdminJS's own names of what it serves. No bulk actions, no pages, no bundling, no token refresh: they are not there. */
const SERVED = new Set(['index', 'dashboard', 'resource', 'resourceAction', 'recordAction']);

/** AdminJS behind the guard: its scripts, pages and API. Importing this file loads AdminJS. */
export function createAdminJs(services: PanelServices): express.Router {
  const { audit, institution, loginPath, logoutPath, now, rootPath, sessions, users } = services;
  const record = changes(audit, now);
  const admin = new AdminJS({
    rootPath,
    loginPath,
    logoutPath,
    resources: [
      usersResource(users, services.invite, record),
      rolesResource(users, () => services.rules.inForce().rules, record),
      rulesResource(services.rules, record),
      networksResource(services.rules, record),
      whyResource(services.why),
      keysResource(services.keys, record),
      requestsResource(services.requests, record),
      sharesResource(services.shares, services.publicUrl, record),
      sessionsResource(sessions, record),
      picturesResource(services.pictures),
      unservedResource(services.pictures),
      auditResource(audit),
    ],
    dashboard: {
      handler: async () => ({
        warnings: [...warningsOfRequests(await services.requests.countOpen()), ...(await services.warnings())],
      }),
    },
    branding: { companyName: institution, logo: false, withMadeWithLove: false },
    assets: { styles: [`${rootPath}/${STYLESHEET}`] },
    locale: {
      language: 'en',
      availableLanguages: ['en', 'de'],
      debug: false,
      translations: { en: english, de: german },
    },
    settings: { defaultPerPage: 25 },
  });

  const router = express.Router();
  router.use(assets());
  for (const route of AdminRouter.routes.filter(({ action }) => SERVED.has(action))) {
    const path = convertToExpressRoute(route.path) || '/';
    const handler = routeHandler({ admin, route });
    const handle: express.RequestHandler = function adminJs(request, response, next) {
      return handler(asAdminJsReads(admin, request, response), asAdminJsAnswers(response, institution), next);
    };
    if (route.method === 'GET') router.get(path, existingOnly(admin), handle);
    else router.post(path, existingOnly(admin), handle);
  }
  router.use(function notFound(_request, response: express.Response) {
    response.status(404).json({ error: 'not_found', message: 'There is no such page in the panel.' });
  });
  return router;
}

/** Only what AdminJS needs and knows: it never sees a cookie or a header, and it finds the session that it looks for. */
function asAdminJsReads(admin: AdminJS, request: express.Request, response: express.Response): express.Request {
  const { method, params } = request;
  const resource = admin.resources.find((candidate) => candidate.id() === params['resourceId']);
  const fields = knownFields(resource, request.body as object);
  const query = knownQuery(resource, request.query);
  const adminUser = currentAdmin(currentAdministrator(response), request.ip);
  return { fields, method, params, query, session: { adminUser } } as unknown as express.Request;
}

/** AdminJS writes all of it into its pages, so: no more than they show, and the address for the audit trail. */
function currentAdmin({ user }: LiveSession, address = ''): CurrentAdmin {
  return { email: user.email, title: user.name, address };
}

/** Pages go out hardened; what is not a page is an answer of the API. */
function asAdminJsAnswers(response: express.Response, institution: string): express.Response {
  const send = (answer: unknown): void => {
    if (typeof answer === 'string') response.type('html').send(hardened(answer, institution, allowScripts(response)));
    else response.json(answer);
  };
  return { send } as unknown as express.Response;
}
