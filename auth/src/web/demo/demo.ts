import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Gate } from '../../gate/gate.ts';
import { DEMO_ACCOUNT } from '../../identity/demoAccount.ts';
import { accessCookiesIn } from '../../sessions/cookies.ts';
import type { AuditTrail } from '../../observability/audit.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import { answerPreflight, openToAllOrigins, sendDocument } from '../documents.ts';
import { methodNotAllowed } from '../errors.ts';
import { pageHeaders, sendPage, viewerHeaders } from '../pages.ts';
import type { DocumentSettings } from '../routes/info.ts';
import { liveSession } from '../routes/login.ts';
import { onlyFromHere } from '../sameSite.ts';
import { demonstrations } from './demonstrations.ts';
import { demoManifest, CONTEXTS } from './manifest.ts';

export const DEMO_PATH = '/demo';

const MANIFEST = /^\/([a-z]+)\/manifest([23])\.json$/;
const FILES = fileURLToPath(new URL('./', import.meta.url));
/** The two clients, and what they load. */
const CLIENTS = ['auth1.html', 'auth2.html'];
const PARTS = ['auth1.mjs', 'auth2.mjs', 'client.mjs', 'client.css', 'demo.css', 'copy.mjs'];

type Parts = {
  readonly gate: Gate;
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly now: () => Date;
};

/** After an update nobody sees the old script on the new page. */
const askEachTime: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' });
  next();
};

/** The demonstration and conformance kit: a page, a manifest of each version for each pattern, and two clients. */
export function demoRouter({ gate, sessions, audit, now }: Parts, settings: DocumentSettings): Router {
  const { publicUrl, institution } = settings;
  const address = (name: string, version: 2 | 3) => `${publicUrl}${DEMO_PATH}/${name}/manifest${version}.json`;

  async function showPage(request: Request, response: Response): Promise<void> {
    const all = await Promise.all(
      demonstrations.map(async (demonstration) => ({
        ...demonstration,
        manifest2: address(demonstration.name, 2),
        manifest3: address(demonstration.name, 3),
        missing: (await demoManifest(gate, demonstration, 3, address(demonstration.name, 3), settings)) === undefined,
      })),
    );
    const live = await liveSession(sessions, request);
    const { expired } = request.query;
    await sendPage(response, 200, 'demo', {
      institution,
      demonstrations: all,
      account: DEMO_ACCOUNT,
      email: live?.user.email ?? '',
      expired: expired === 'yes' || expired === 'nobody' ? expired : '',
    });
  }

  async function answerManifest(request: Request, response: Response): Promise<void> {
    const [, name = '', number] = MANIFEST.exec(request.path) ?? [];
    const version = number === '2' ? 2 : 3;
    const demonstration = demonstrations.find((one) => one.name === name);
    const manifest =
      demonstration && (await demoManifest(gate, demonstration, version, address(name, version), settings));
    if (manifest) {
      sendDocument(request, response, { status: 200, body: JSON.stringify(manifest), context: CONTEXTS[version] });
    } else response.status(404).json({ error: 'not_found', message: 'The images of this demonstration are not here.' });
  }

  async function expire(request: Request, response: Response): Promise<void> {
    const live = await liveSession(sessions, request);
    const { access } = accessCookiesIn(request.headers.cookie);
    if (live && access !== undefined) {
      const event = { at: now(), actor: live.user.email, target: live.id, address: request.ip ?? '' };
      await audit.record({ ...event, action: 'session.end' });
      await sessions.lapse(live, access);
    }
    response.redirect(303, `${DEMO_PATH}/?expired=${live ? 'yes' : 'nobody'}#expired`);
  }

  function sendFile(request: Request, response: Response): void {
    response.sendFile(request.path.slice(1), { root: FILES, dotfiles: 'allow', cacheControl: false });
  }

  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/', pageHeaders(), showPage);
  router.options(MANIFEST, openToAllOrigins, answerPreflight);
  router.get(MANIFEST, openToAllOrigins, answerManifest);
  router.all(MANIFEST, openToAllOrigins, methodNotAllowed);
  router.post('/expire', pageHeaders(), onlyFromHere(publicUrl), expire);
  router.get(
    CLIENTS.map((file) => `/${file}`),
    viewerHeaders(),
    sendFile,
  );
  router.get(
    PARTS.map((file) => `/${file}`),
    askEachTime,
    sendFile,
  );
  return router;
}
