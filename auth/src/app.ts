import { dirname } from 'node:path';
import type { Request } from 'express';
import type { Pattern } from './access/rules.ts';
import { createPanel } from './admin/panel.ts';
import { warningsOfRules } from './admin/warnings.ts';
import type { Config } from './config/load.ts';
import type { Database } from './database/open.ts';
import { Gate } from './gate/gate.ts';
import { why } from './gate/why.ts';
import { TokenGrounds } from './gate/tokenGrounds.ts';
import { CredentialReader } from './gate/credentialReader.ts';
import { Devices } from './identity/devices.ts';
import { Login } from './identity/login.ts';
import { Passwords } from './identity/passwords.ts';
import { Throttle } from './identity/throttle.ts';
import { Users } from './identity/users.ts';
import { Catalogue } from './images/catalogue/catalogue.ts';
import { createPost } from './mail/post.ts';
import { imageServers } from './images/servers/imageServers.ts';
import { FolderImages } from './images/facts/folderImages.ts';
import { ImageFacts } from './images/facts/imageFacts.ts';
import { KeptFacts } from './images/facts/keptFacts.ts';
import { KnownFacts } from './images/facts/knownFacts.ts';
import { ReadyImages } from './images/facts/readiness.ts';
import { FolderManifests } from './images/manifests/folderManifests.ts';
import { Handmade } from './images/manifests/handmade.ts';
import { findRenamed } from './images/facts/renamedFolder.ts';
import { surveys } from './images/facts/survey.ts';
import { Census } from './images/census/census.ts';
import { overviewOf } from './images/census/overview.ts';
import { PictureNews } from './images/census/pictureNews.ts';
import { UnservedLog } from './images/facts/unservedLog.ts';
import { Keys } from './keys/keys.ts';
import { PyramidsClient } from './images/pyramids/client.ts';
import { formsOf } from './images/servers/written.ts';
import { LOGIN_PATH, LOGOUT_PATH } from './iiif/addresses.ts';
import { textsFor } from './iiif/texts.ts';
import { isFull } from './observability/disk.ts';
import { SeenAddresses } from './observability/seenAddresses.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import type { Log } from './shared/log.ts';
import { isAmong } from './shared/networks.ts';
import { Cookies } from './sessions/cookies.ts';
import { networkWarnings } from './permissions/networkWarnings.ts';
import { rulesOfFolder } from './permissions/rulesInForce.ts';
import { PANEL } from './permissions/ruleEntries.ts';
import { StoredRules } from './permissions/storedRules.ts';
import { inWords } from './permissions/yamlFile.ts';
import { Signatures } from './sessions/signatures.ts';
import { Guests } from './shares/guests.ts';
import { Shares } from './shares/shares.ts';
import { Requests } from './requests/requests.ts';
import { Invitations } from './sessions/invitations.ts';
import { Sessions } from './sessions/sessions.ts';
import { Tokens } from './sessions/tokens.ts';
import { Visits } from './sessions/visits.ts';
import { Sweeper } from './sweeper.ts';
import { AccountCookie } from './web/accountCookie.ts';
import { passwordStrategy } from './web/passwordStrategy.ts';
import { FORGOTTEN_PATH } from './web/routes/account/forgotten.ts';
import { ADMIN_PATH, createServer } from './web/server.ts';
import { SignIn } from './web/signIn.ts';

const NOWHERE: readonly string[] = [];

/** What a test may put in another's place. */
export type AppOptions = {
  readonly now?: Clock;
  /** bcrypt's cost. */
  readonly passwordCost?: number;
};

/** Wires the rooms together: the one place that knows them all. */
export function createApp(config: Config, database: Database, log: Log, options: AppOptions = {}) {
  const { publicUrl, institution, sessionLifetime, tokenLifetime, trustedOrigins } = config;
  const { maxWidth, maxHeight, maxArea } = config.images;
  const server = imageServers[config.images.server];
  const limits = { maxWidth, maxHeight, maxArea, smallest: server.smallest };
  const now = options.now ?? systemClock;

  const passwords = new Passwords(config.passwordSalt, options.passwordCost);
  const sessions = new Sessions(database.sessions, sessionLifetime, now);
  const users = new Users(database.users, passwords, now, (userId) => sessions.endAllOf(userId));
  const invitations = new Invitations(database.invitations, users, now);
  const { audit } = database;
  const { mailer, outbox, invitationMail, forgotten } = createPost({ users, invitations, audit, log, now }, config);
  const login = new Login(database.users, passwords, new Throttle(), new Devices(config.secretKey, now));
  const visits = new Visits(database.endedVisits, config.secretKey, sessionLifetime, now);
  const tokens = new Tokens(config.secretKey, publicUrl, tokenLifetime, now);

  const catalogue = new Catalogue(config.images.directory, { log, now });
  const pyramids = new PyramidsClient(config.images.pyramidsUrl, log);
  const unserved = new UnservedLog(catalogue, log);
  const known = new KnownFacts(pyramids, new KeptFacts(database.facts, config.images, log), unserved);
  const folderImages = new FolderImages(catalogue, known, unserved);
  const census = new Census();
  const pictureNews = new PictureNews(census, pyramids, log);
  const { directory } = config.manifests;
  const handmade = directory === undefined ? undefined : new Handmade(directory, { now });
  const storedRules = new StoredRules(database.rules, async () =>
    (await database.users.listRoles()).map(({ name }) => name),
  );
  const rules = rulesOfFolder(config.images.directory, storedRules, {
    demo: config.demo,
    fallback: config.defaultRule,
    catalogue,
    log,
    now: () => now().getTime(),
  });
  const isAtSome = (pattern: Pattern) => (address: string) =>
    isAmong(rules.rules.networks.get(pattern) ?? NOWHERE)(address);
  const https = publicUrl.startsWith('https:');
  const cookies = new Cookies({ https, secure: config.secureCookies, lifetime: sessionLifetime });
  const isOurs = (origin: string): boolean => [publicUrl, ...trustedOrigins].includes(origin);
  const signatures = new Signatures(config.secretKey, now);
  const keys = new Keys(database.keys, now, (path) => catalogue.realOf(path));
  const shares = new Shares(database.shares, now, (path) => catalogue.realOf(path));
  const curators = () => users.administrators();
  const requests = new Requests({ repository: database.requests, shares, now, mailer, outbox, curators }, config);
  const owners = { sessions, visits, tokens, signatures, keys, shares };
  const credentialReader = new CredentialReader(owners, cookies, isOurs);
  const gate = new Gate({
    credentialReader,
    catalogue,
    imageFacts: new ImageFacts(known),
    readyImages: new ReadyImages(pyramids, unserved),
    folderManifests: new FolderManifests(catalogue, folderImages, unserved, handmade, now),
    server,
    rules: () => rules.rules,
    now: () => now().getTime(),
    limits,
    manifestsProtected: config.manifests.protected,
  });

  const accountCookie = new AccountCookie(sessions, cookies, config.secretKey);
  const identify = (request: Request) =>
    request.sessionID ? sessions.ofAccountCookie(request.sessionID) : Promise.resolve(undefined);

  const seenAddresses = new SeenAddresses(now);
  const panel = createPanel({
    users,
    invite: (user) => invitationMail.invite(user),
    sessions,
    audit,
    rules: {
      ...{ stored: storedRules, catalogue, users, audit, now },
      inForce: () => rules.rules,
      changed: () => rules.changed(),
    },
    why: (question) =>
      why(question, {
        ...{ catalogue, users, keys, shares, manifestsProtected: config.manifests.protected },
        rules: rules.rules,
        now: now().getTime(),
      }),
    warnings: async () => [
      ...rules.faults.map((fault) => ({ kind: 'fault', fault: inWords(fault) }) as const),
      ...networkWarnings(rules.rules.rules, config.trustedProxies, seenAddresses.read()),
      ...(await warningsOfRules(
        rules.remarks,
        (gone) => findRenamed(catalogue, database.facts, gone),
        (gone) =>
          rules.rules.rules.some(
            ({ name, where }) => name.startsWith(`${PANEL}: `) && gone.every((part, depth) => part === where[depth]),
          ),
      )),
    ],
    keys,
    shares,
    requests,
    pictures: async () => {
      const status = await pyramids.status();
      return 'kind' in status ? status : overviewOf(census.folders, status);
    },
    now,
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
      credentialReader,
      cookies,
      users,
      login,
      invitations,
      forgotten,
      identify,
      sessions,
      visits,
      shares,
      requests,
      guests: new Guests(config.secretKey),
      catalogue,
      tokenGrounds: new TokenGrounds(credentialReader, sessions, visits, cookies, isAtSome('external')),
      isOurs,
      isSomeKiosk: isAtSome('kiosk'),
      tokens,
      noteAddress: (address) => {
        seenAddresses.note(address);
      },
      accountCookie,
      signIn: new SignIn({ accountCookie, credentialReader, sessions, cookies, audit, log, now }),
      passwordStrategy: passwordStrategy(login, cookies, now),
      audit,
      log,
      now,
      healthy: async () => (await database.users.listRoles()).length > 0 && (await catalogue.isThere()),
      diskIsFull: () =>
        config.database.type === 'sqlite' ? isFull(dirname(config.database.file)) : Promise.resolve(false),
      panel,
    },
    {
      publicUrl,
      institution,
      forgottenPath: forgotten ? FORGOTTEN_PATH : '',
      texts: textsFor(institution, config.texts),
      limits,
      forms: formsOf(server),
      trustedOrigins,
      offers: (pattern) => rules.rules.networks.has(pattern),
      requestable: (path) => rules.rules.closest(path).notice?.request,
      notice: (id) => rules.rules.notices.get(id),
      demo: config.demo,
    },
  );
  const sweeper = new Sweeper(database.retention, config.auditRetention, now, log);
  const lookThrough = (isOver: () => boolean): Promise<void> =>
    surveys(catalogue, folderImages, census, {
      isOver,
      failed: (error) => {
        log.warn({ err: error }, 'the pictures below IMAGE_DIR cannot be looked through');
      },
    });
  return {
    handle,
    users,
    sessions,
    invitations,
    keys,
    shares,
    requests,
    visits,
    rules,
    catalogue,
    sweeper,
    outbox,
    lookThrough,
    pictureNews,
  };
}
