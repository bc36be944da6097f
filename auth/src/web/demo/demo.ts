import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Gate } from '../../gate/gate.ts';
import { DEMO_ACCOUNT } from '../../identity/demoAccount.ts';
import type { CredentialReader } from '../../gate/credentialReader.ts';
import type { VersionNumber } from '../../iiif/addresses.ts';
import { API } from '../../iiif/apiVersions.ts';
import type { Cookies } from '../../sessions/cookies.ts';
import { firstLive } from '../../sessions/firstLive.ts';
import type { AuditTrail } from '../../observability/audit.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import { sendDocument, serveDocument } from '../documents.ts';
import { pageHeaders, sendPage, viewerHeaders } from '../pages.ts';
import type { DocumentSettings } from '../routes/info.ts';
import { onlyFromHere } from '../sameSite.ts';
import type { Clock } from '../../shared/clock.ts';
import { demonstrations } from './demonstrations.ts';
import { demoManifest } from './manifest.ts';

export const DEMO_PATH = '/demo';

const MANIFEST = /^\/([a-z]+)\/manifest([23])\.json$/;
const FILES = fileURLToPath(new URL('./', import.meta.url));
/** The two clients, and what they load. */
const CLIENTS = ['auth1.html', 'auth2.html'];
const PARTS = ['auth1.mjs', 'auth2.mjs', 'client.mjs', 'client.css', 'demo.css', 'copy.mjs'];

type Parts = {
  readonly gate: Gate;
  readonly credentialReader: CredentialReader;
  readonly cookies: Cookies;
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly now: Clock;
};

/** After an update nobody sees the old script on the new page. */
const askEachTime: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' });
  next();
};

/** The demonstration and conformance kit: a page, a manifest of each version for each pattern, and two clients. */
export function demoRouter(
  { gate, credentialReader, cookies, sessions, audit, now }: Parts,
  settings: DocumentSettings,
): Router {
  const { publicUrl, institution } = settings;
  const address = (name: string, version: VersionNumber) => `${publicUrl}${DEMO_PATH}/${name}/manifest${version}.json`;

  async function showPage(request: Request, response: Response): Promise<void> {
    const all = await Promise.all(
      demonstrations.map(async (demonstration) => ({
        ...demonstration,
        manifest2: address(demonstration.name, 2),
        manifest3: address(demonstration.name, 3),
        missing:
          (await demoManifest(gate, demonstration, API[3], address(demonstration.name, 3), settings)) === undefined,
      })),
    );
    const live = await credentialReader.sessionOf(request.headers.cookie);
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
    const api = API[number === '2' ? 2 : 3];
    const demonstration = demonstrations.find((one) => one.name === name);
    const manifest =
      demonstration && (await demoManifest(gate, demonstration, api, address(name, api.version), settings));
    if (manifest !== undefined) {
      sendDocument(request, response, { body: manifest, context: api.presentation.context });
    } else response.status(404).json({ error: 'not_found', message: 'The images of this demonstration are not here.' });
  }

  async function expire(request: Request, response: Response): Promise<void> {
    const { access } = cookies.in(request.headers.cookie);
    const live = await firstLive(access.secrets, (one) => sessions.ofAccessCookie(one));
    if (live) {
      const { user, id } = live.found;
      const event = { at: now(), actor: user.email, target: id, address: request.ip ?? '' };
      await audit.record({ ...event, action: 'session.end' });
      await sessions.lapse(live.found, live.secret);
    }
    response.redirect(303, `${DEMO_PATH}/?expired=${live ? 'yes' : 'nobody'}#expired`);
  }

  function sendFile(request: Request, response: Response): void {
    response.sendFile(request.path.slice(1), { root: FILES, dotfiles: 'allow', cacheControl: false });
  }

  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/', pageHeaders(), showPage);
  serveDocument(router, MANIFEST, [answerManifest]);
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
