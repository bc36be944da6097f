import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Strategy } from 'passport';
import type { Gate } from '../gate/gate.ts';
import type { TokenGrounds } from '../gate/tokenGrounds.ts';
import type { CredentialReader } from '../gate/credentialReader.ts';
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
import { API_VERSIONS } from '../iiif/apiVersions.ts';
import type { Forms } from '../iiif/forms.ts';
import type { Limits } from '../iiif/geometry.ts';
import type { Texts } from '../iiif/texts.ts';
import type { ForgottenPasswords } from '../mail/forgottenPasswords.ts';
import type { Login } from '../identity/login.ts';
import type { Users } from '../identity/users.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Cookies } from '../sessions/cookies.ts';
import { INVITATION_PATH, type Invitations } from '../sessions/invitations.ts';
import type { LiveSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Tokens } from '../sessions/tokens.ts';
import type { Visits } from '../sessions/visits.ts';
import type { AccountCookie } from './accountCookie.ts';
import { DEMO_PATH, demoRouter } from './demo/demo.ts';
import { serveDocument } from './documents.ts';
import { Renderings } from './renderings.ts';
import { answerErrors, notFound } from './errors.ts';
import { STYLESHEET } from './pages.ts';
import { QUERY_AUTH_PATH, queryAuth } from './queryAuth.ts';
import { FORGOTTEN_PATH, forgottenSteps } from './routes/account/forgotten.ts';
import { invitationSteps } from './routes/account/invitation.ts';
import { PASSWORD_PATH, passwordSteps } from './routes/account/password.ts';
import { loginSteps } from './routes/auth1/login.ts';
import { logoutSteps } from './routes/auth1/logout.ts';
import { tokenSteps } from './routes/auth1/token.ts';
import { visitSteps } from './routes/auth1/visit.ts';
import type { Notice } from '../access/notice.ts';
import type { Pattern } from '../access/rules.ts';
import { access2Steps } from './routes/auth2/access.ts';
import { PROBE_ADDRESS, probeSteps } from './routes/auth2/probe.ts';
import { token2Steps } from './routes/auth2/token.ts';
import { HEALTH_PATH, healthStep } from './routes/health.ts';
import { homeSteps } from './routes/home.ts';
import { infoPaths, infoSteps } from './routes/info.ts';
import { manifestPath, manifestSteps } from './routes/manifest.ts';
import { SELFTEST_PATH, selftestRouter } from './routes/selftest.ts';
import { REQUEST_PATHS, requestSteps } from './routes/request.ts';
import { shareSteps } from './routes/share.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import type { Guests } from '../shares/guests.ts';
import type { Requests } from '../requests/requests.ts';
import { SHARE_PATH, type Shares } from '../shares/shares.ts';
import type { SignIn } from './signIn.ts';

export const ADMIN_PATH = '/auth/admin';

export type ServerParts = {
  readonly gate: Gate;
  readonly credentialReader: CredentialReader;
  readonly cookies: Cookies;
  readonly users: Users;
  readonly login: Login;
  readonly invitations: Invitations;
  /** Where mails are sent. */
  readonly forgotten: ForgottenPasswords | undefined;
  readonly sessions: Sessions;
  /** The live session of the account cookie. */
  readonly identify: (request: Request) => Promise<LiveSession | undefined>;
  readonly visits: Visits;
  readonly shares: Shares;
  readonly requests: Requests;
  readonly guests: Guests;
  readonly catalogue: Pick<Catalogue, 'find' | 'folder'>;
  readonly tokenGrounds: TokenGrounds;
  readonly tokens: Tokens;
  /** Whether an origin is our own or one of AUTH_TRUSTED_ORIGINS. */
  readonly isOurs: (origin: string) => boolean;
  /** Whether an address (IP) is one of a kiosk. */
  readonly isSomeKiosk: (address: string) => boolean;
  readonly accountCookie: AccountCookie;
  readonly signIn: SignIn;
  readonly passwordStrategy: Strategy;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly now: Clock;
  /** Hears the client address (IP) of each request. */
  readonly noteAddress: (address: string) => void;
  /** Whether everything that an answer needs does answer. */
  readonly healthy: () => Promise<boolean>;
  /** Whether nothing can be written any more where the database is. */
  readonly diskIsFull: () => Promise<boolean>;
  /** The panel: made when somebody first asks for it. */
  readonly panel: RequestHandler;
};

export type ServerSettings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly forgottenPath: string;
  readonly texts: Texts;
  readonly limits: Limits;
  readonly forms: Forms;
  readonly trustedOrigins: readonly string[];
  /** Whether something can be come by in this way now; the pages of others are not there. */
  readonly offers: (pattern: Pattern) => boolean;
  /** What a rule that holds now has to say, by its name. */
  /** The path for which access can be asked for, by the rule that holds at another one; `undefined` where it cannot. */
  readonly requestable: (path: readonly string[]) => readonly string[] | undefined;
  readonly notice: (id: string) => Notice | undefined;
  /** Whether there is a demonstration. */
  readonly demo: boolean;
};

/** Everything that this service answers; tiles first, and past Express. */
export function createServer(parts: ServerParts, settings: ServerSettings) {
  const app = createExpress(parts, settings);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const address = request.headers['x-forwarded-for'];
    if (typeof address === 'string') parts.noteAddress(address);
    if (request.url === QUERY_AUTH_PATH) void queryAuth(parts, settings.publicUrl, request, response);
    else app(request, response);
  };
}

function createExpress(parts: ServerParts, settings: ServerSettings): Express {
  const { credentialReader, cookies, accountCookie, log } = parts;
  const { publicUrl, institution } = settings;
  const app = express();
  app.disable('x-powered-by').disable('etag').set('case sensitive routing', true).set('strict routing', true);
  // The proxy in front is the only one that reaches this service; it says in one header where the client is.
  app.set('trust proxy', 1);
  app.use(onThePublicScheme(publicUrl));

  app.get('/', ...homeSteps(credentialReader, publicUrl, institution));

  serveDocuments(app, parts, settings);
  serveAuthorization(app, parts, settings);
  serveAccounts(app, parts, settings);

  app.use(SELFTEST_PATH, selftestRouter(publicUrl, institution, cookies));
  if (settings.demo) app.use(DEMO_PATH, demoRouter(parts, settings));
  app.use(ADMIN_PATH, ...accountCookie.read, parts.panel);
  app.get(HEALTH_PATH, healthStep(parts));
  app.get('/auth/style.css', (_request, response) => {
    response.sendFile(STYLESHEET, { dotfiles: 'allow', headers: { 'Cache-Control': 'public, max-age=3600' } });
  });
  app.use(notFound);
  app.use(answerErrors(log));
  return app;
}

/** What any page of the web may read. */
function serveDocuments(app: Express, { gate, log }: ServerParts, settings: ServerSettings): void {
  const renderings = new Renderings((error) => {
    log.error({ err: error }, 'a manifest could not be written');
  });
  for (const api of API_VERSIONS) {
    const [paths, steps] = [infoPaths(api), infoSteps(gate, api, settings)];
    serveDocument(app, paths.info, steps.info);
    // Signatures come from probes, which clients of Auth 1.0 do not know.
    if (api.authorization === 2) serveDocument(app, paths.signedInfo, steps.signedInfo);
    serveDocument(app, paths.base, steps.base);
    serveDocument(app, manifestPath(api), manifestSteps(gate, api, settings, renderings));
  }
  serveDocument(app, PROBE_ADDRESS, probeSteps(gate, settings.publicUrl, settings.texts, log));
}

/** The services of the Authentication API 1.0, and of the Authorization Flow API 2.0, that documents name. */
function serveAuthorization(app: Express, parts: ServerParts, settings: ServerSettings): void {
  const login = loginSteps(parts, settings);
  app.get(saying(LOGIN_PATH), ...login.show);
  app.post(saying(LOGIN_PATH), ...login.submit);
  app.get(saying(ACCESS_2_PATH), ...access2Steps(parts.credentialReader, settings, login));

  const visit = visitSteps(parts, settings);
  const where =
    (pattern: Pattern): RequestHandler =>
    (_request, _response, next) => {
      next(settings.offers(pattern) ? undefined : 'route');
    };
  app.get(saying(CLICKTHROUGH_PATH), where('clickthrough'), ...visit.clickthrough);
  app.get(saying(AGREE_2_PATH), where('clickthrough'), ...visit.terms);
  app.post(saying(AGREE_2_PATH), where('clickthrough'), ...visit.agree);
  app.get([saying(KIOSK_PATH), saying(KIOSK_2_PATH)], where('kiosk'), ...visit.kiosk);

  app.get(TOKEN_PATH, ...tokenSteps(parts, settings));
  app.get(TOKEN_2_PATH, ...token2Steps(parts, settings.texts));
  app.get([LOGOUT_PATH, LOGOUT_2_PATH], ...logoutSteps(parts, settings));
}

/** An access service, and the same with the name of what a rule has to say of it. */
function saying(path: string): string {
  return `${path}{/:notice}`;
}

/** Where people set and change their own passwords, and where share links lead. */
function serveAccounts(app: Express, parts: ServerParts, settings: ServerSettings): void {
  if (parts.forgotten) {
    const forgotten = forgottenSteps(parts.forgotten, settings);
    app.get(FORGOTTEN_PATH, ...forgotten.show);
    app.post(FORGOTTEN_PATH, ...forgotten.ask);
  }
  const invitation = invitationSteps(parts, settings);
  app.get(INVITATION_PATH, ...invitation.show);
  app.post(`${INVITATION_PATH}/open`, ...invitation.open);
  app.post(INVITATION_PATH, ...invitation.accept);
  const password = passwordSteps(parts, settings);
  app.get(PASSWORD_PATH, ...password.show);
  app.post(PASSWORD_PATH, ...password.change);
  const request = requestSteps(parts, settings);
  app.get(REQUEST_PATHS, ...request.show);
  app.post(REQUEST_PATHS, ...request.ask);
  const share = shareSteps(parts, settings);
  app.get(SHARE_PATH, ...share.show);
  app.post(SHARE_PATH, ...share.open);
}

/** Whether a cookie may be `Secure` depends on what the browser sees, not on the plain hop from the proxy to here. */
function onThePublicScheme(publicUrl: string): RequestHandler {
  const scheme = new URL(publicUrl).protocol.slice(0, -1);
  return function usePublicScheme(request, _response, next) {
    request.headers['x-forwarded-proto'] = scheme;
    next();
  };
}
