import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import type { Gate } from '../gate/gate.ts';
import type { Proofs } from '../gate/proof.ts';
import {
  ACCESS_2_PATH,
  AGREE_2_PATH,
  CLICKTHROUGH_PATH,
  KIOSK_2_PATH,
  KIOSK_PATH,
  LOGIN_PATH,
  LOGOUT_2_PATH,
  LOGOUT_PATH,
  TOKEN_2_PATH,
  TOKEN_PATH,
} from '../iiif/addresses.ts';
import type { Limits } from '../iiif/geometry.ts';
import type { Texts } from '../iiif/texts.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { Log } from '../observability/log.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Tokens } from '../sessions/tokens.ts';
import type { Visits } from '../sessions/visits.ts';
import type { Account } from './account.ts';
import { DEMO_PATH, demoRouter } from './demo/demo.ts';
import { answerPreflight, openToAllOrigins } from './documents.ts';
import { answerErrors, methodNotAllowed, notFound } from './errors.ts';
import { STYLESHEET } from './pages.ts';
import { QUERY_AUTH_PATH, queryAuth } from './queryAuth.ts';
import { access2Steps } from './routes/flow2/access.ts';
import { PROBE_ADDRESS, probeSteps } from './routes/flow2/probe.ts';
import { token2Steps } from './routes/flow2/token.ts';
import { homeSteps } from './routes/home.ts';
import { IMAGE_BASE_PATH, imageBaseSteps, imageInfoSteps, INFO_PATH } from './routes/info.ts';
import {
  IMAGE_3_BASE_PATH,
  image3BaseSteps,
  imageInfo3Steps,
  INFO_3_PATH,
  SIGNED_INFO_3_PATH,
  signedInfo3Steps,
} from './routes/info3.ts';
import { loginSteps } from './routes/login.ts';
import { logoutSteps } from './routes/logout.ts';
import { manifestPath, manifestSteps } from './routes/manifest.ts';
import { SELFTEST_PATH, selftestRouter } from './routes/selftest.ts';
import { tokenSteps } from './routes/token.ts';
import { visitSteps } from './routes/visit.ts';

export const ADMIN_PATH = '/auth/admin';
/** What any page of the web may read. */
const DOCUMENTS = [
  INFO_PATH,
  INFO_3_PATH,
  SIGNED_INFO_3_PATH,
  IMAGE_BASE_PATH,
  IMAGE_3_BASE_PATH,
  manifestPath(2),
  manifestPath(3),
  PROBE_ADDRESS,
];
const HEALTH_PATH = '/auth/health';

export type ServerParts = {
  readonly gate: Gate;
  readonly sessions: Sessions;
  readonly visits: Visits;
  readonly proofs: Proofs;
  readonly tokens: Tokens;
  /** Whether an address (IP) is one of a kiosk. */
  readonly isSomeKiosk: (address: string) => boolean;
  readonly account: Account;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly now: () => Date;
  /** Whether everything that an answer needs does answer. */
  readonly healthy: () => Promise<boolean>;
  /** The panel: made when somebody first asks for it. */
  readonly panel: RequestHandler;
};

export type ServerSettings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly texts: Texts;
  readonly limits: Limits;
  readonly secureCookies: boolean;
  readonly sessionLifetime: number;
  readonly trustedOrigins: readonly string[];
  /** Whether there is a demonstration. */
  readonly demo: boolean;
};

/** Everything that this service answers; tiles first, and past Express. */
export function createServer(parts: ServerParts, settings: ServerSettings) {
  const app = createExpress(parts, settings);
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url === QUERY_AUTH_PATH) void queryAuth(parts.gate, parts.log, request, response);
    else app(request, response);
  };
}

function createExpress(parts: ServerParts, settings: ServerSettings): Express {
  const { gate, sessions, account, log } = parts;
  const { publicUrl, institution } = settings;
  const app = express();
  app.disable('x-powered-by').disable('etag').set('case sensitive routing', true).set('strict routing', true);
  // The proxy in front is the only one that reaches this service; it says in one header where the client is.
  app.set('trust proxy', 1);
  app.use(onThePublicScheme(publicUrl));

  app.get('/', ...homeSteps(sessions, publicUrl, institution));

  app.options(DOCUMENTS, openToAllOrigins, answerPreflight);
  app.get(INFO_PATH, ...imageInfoSteps(gate, settings));
  app.get(INFO_3_PATH, ...imageInfo3Steps(gate, settings));
  app.get(SIGNED_INFO_3_PATH, ...signedInfo3Steps(gate, settings));
  app.get(IMAGE_BASE_PATH, ...imageBaseSteps(publicUrl));
  app.get(IMAGE_3_BASE_PATH, ...image3BaseSteps(publicUrl));
  app.get(manifestPath(2), ...manifestSteps(gate, 2, settings));
  app.get(manifestPath(3), ...manifestSteps(gate, 3, settings));
  app.get(PROBE_ADDRESS, ...probeSteps(gate, publicUrl, settings.texts, log));
  app.all(DOCUMENTS, openToAllOrigins, methodNotAllowed);

  const login = loginSteps(parts, settings);
  app.get(LOGIN_PATH, ...login.show);
  const visit = visitSteps(parts, settings);
  app.get(CLICKTHROUGH_PATH, ...visit.clickthrough);
  app.get([KIOSK_PATH, KIOSK_2_PATH], ...visit.kiosk);
  app.get(AGREE_2_PATH, ...visit.terms);
  app.post(AGREE_2_PATH, ...visit.agree);
  app.get(ACCESS_2_PATH, ...access2Steps(sessions, settings, login));
  app.post(LOGIN_PATH, ...login.submit);
  app.get(TOKEN_PATH, ...tokenSteps(parts, settings));
  app.get(TOKEN_2_PATH, ...token2Steps(parts, settings.texts));
  app.get([LOGOUT_PATH, LOGOUT_2_PATH], ...logoutSteps(parts, settings));
  app.use(SELFTEST_PATH, selftestRouter(publicUrl, institution));
  if (settings.demo) app.use(DEMO_PATH, demoRouter(parts, settings));
  app.use(ADMIN_PATH, ...account.read, parts.panel);
  app.get(HEALTH_PATH, healthStep(parts.healthy));
  app.get('/auth/style.css', (_request, response) => {
    response.sendFile(STYLESHEET, { dotfiles: 'allow', headers: { 'Cache-Control': 'public, max-age=3600' } });
  });
  app.use(notFound);
  app.use(answerErrors(log));
  return app;
}

/** Whether a cookie may be `Secure` depends on what the browser sees, not on the plain hop from the proxy to here. */
function onThePublicScheme(publicUrl: string): RequestHandler {
  const scheme = new URL(publicUrl).protocol.slice(0, -1);
  return function usePublicScheme(request, _response, next) {
    request.headers['x-forwarded-proto'] = scheme;
    next();
  };
}

function healthStep(healthy: () => Promise<boolean>): RequestHandler {
  return async function answerHealth(_request, response) {
    const ok = await healthy().catch(() => false);
    response
      .status(ok ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ok ? 'ok' : 'unavailable' });
  };
}
