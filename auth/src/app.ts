import type { Request } from 'express';
import { besideDemo } from './access/demo.ts';
import { patternRules, type FolderPattern } from './access/patterns.ts';
import { rules as shippedRules, type Rule } from './access/rules.ts';
import { createPanel } from './admin/panel.ts';
import type { Config } from './config/load.ts';
import { isAmong } from './config/networks.ts';
import type { Database } from './database/open.ts';
import { Gate } from './gate/gate.ts';
import { Proofs } from './gate/proof.ts';
import { Visitors } from './gate/visitor.ts';
import { Login } from './identity/login.ts';
import { Passwords } from './identity/passwords.ts';
import { Throttle } from './identity/throttle.ts';
import { Users } from './identity/users.ts';
import { Catalogue } from './images/catalogue.ts';
import { imageServers } from './images/imageServer.ts';
import { ImageServerClient } from './images/imageServerClient.ts';
import { Library } from './images/library.ts';
import { Shelves } from './images/shelves.ts';
import { LOGIN_PATH, LOGOUT_PATH } from './iiif/addresses.ts';
import { textsFor } from './iiif/texts.ts';
import type { Log } from './observability/log.ts';
import { Signatures } from './sessions/signatures.ts';
import { Sessions } from './sessions/sessions.ts';
import { Tokens } from './sessions/tokens.ts';
import { Visits } from './sessions/visits.ts';
import { createAccount } from './web/account.ts';
import { ADMIN_PATH, createServer } from './web/server.ts';

/** What a test may put in another's place. */
export type AppOptions = {
  readonly rules?: readonly Rule[];
  readonly now?: () => Date;
  /** bcrypt's cost. */
  readonly passwordCost?: number;
};

/** Wires the rooms together: the one place that knows them all. */
export function createApp(config: Config, database: Database, log: Log, options: AppOptions = {}) {
  const { publicUrl, institution, secureCookies, sessionLifetime, tokenLifetime, trustedOrigins } = config;
  const { maxWidth, maxHeight, maxArea } = config.images;
  const limits = { maxWidth, maxHeight, maxArea };
  const now = options.now ?? (() => new Date());

  const passwords = new Passwords(config.passwordSalt, options.passwordCost);
  const sessions = new Sessions(database.sessions, sessionLifetime, now);
  const users = new Users(database.users, passwords, (userId) => sessions.endAllOf(userId));
  const login = new Login(database.users, passwords, new Throttle());
  const visits = new Visits(database.visits, sessionLifetime, now);
  const tokens = new Tokens(config.secretKey, publicUrl, tokenLifetime, now);

  const server = imageServers[config.images.server];
  const catalogue = new Catalogue(config.images.directory, server.reads);
  const client = new ImageServerClient(server, config.images.serverUrl);
  const library = new Library(catalogue, server, client, database.facts, log);
  const rules = [...patternRules(folderPatterns(config)), ...(options.rules ?? shippedRules)];
  const visitors = new Visitors(sessions, visits, tokens, new Signatures(config.secretKey, now));
  const gate = new Gate({
    visitors,
    catalogue,
    library,
    shelves: new Shelves(catalogue, library, config.manifests.directory),
    server,
    rules: config.demo ? besideDemo(rules) : rules,
    limits,
    manifestsProtected: config.manifests.protected,
    now,
  });

  const https = publicUrl.startsWith('https:');
  const account = createAccount({
    login,
    users,
    sessions,
    secretKey: config.secretKey,
    https,
    lifetime: sessionLifetime,
    now,
  });
  const identify = (request: Request) =>
    request.sessionID ? sessions.ofAccountCookie(request.sessionID) : Promise.resolve(undefined);

  const panel = createPanel({
    users,
    sessions,
    audit: database.audit,
    identify,
    publicUrl,
    institution,
    rootPath: ADMIN_PATH,
    loginPath: LOGIN_PATH,
    logoutPath: LOGOUT_PATH,
  });
  const handle = createServer(
    {
      gate,
      sessions,
      visits,
      proofs: new Proofs(visitors, sessions, visits, placesOf(config, 'external')),
      isSomeKiosk: placesOf(config, 'kiosk'),
      tokens,
      account,
      audit: database.audit,
      log,
      now,
      healthy: async () => (await database.users.listRoles()).length > 0,
      panel,
    },
    {
      publicUrl,
      institution,
      texts: textsFor(institution, config.texts),
      limits,
      secureCookies,
      sessionLifetime,
      trustedOrigins,
      demo: config.demo,
    },
  );
  return { handle, users, sessions };
}

function folderPatterns({ patterns }: Config): FolderPattern[] {
  return patterns.map(({ addresses, ...folder }) => ({ ...folder, isThere: isAmong(addresses) }));
}

/** Whether an address (IP) is one of those that any folder of this pattern names. */
function placesOf({ patterns }: Config, pattern: 'kiosk' | 'external'): (address: string) => boolean {
  return isAmong(patterns.filter((folder) => folder.pattern === pattern).flatMap(({ addresses }) => addresses));
}
