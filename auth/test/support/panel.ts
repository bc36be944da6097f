import { join } from 'node:path';
import { parse } from 'cookie';
import express from 'express';
import { createPanel } from '../../src/admin/panel.ts';
import { StoreUnavailable } from '../../src/shared/errors.ts';
import type { PanelWarning } from '../../src/admin/warnings.ts';
import { Refused } from '../../src/identity/errors.ts';
import { Passwords } from '../../src/identity/passwords.ts';
import type { Overview } from '../../src/images/census/overview.ts';
import type { Silent } from '../../src/images/pyramids/client.ts';
import type { User } from '../../src/identity/user.ts';
import { Users } from '../../src/identity/users.ts';
import { newSecret } from '../../src/sessions/secrets.ts';
import { Sessions } from '../../src/sessions/sessions.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { folderRule } from '../../src/access/folderRule.ts';
import { why } from '../../src/gate/why.ts';
import { RuleTree } from '../../src/access/ruleTree.ts';
import { Catalogue } from '../../src/images/catalogue/catalogue.ts';
import { MemoryShares } from './memoryShares.ts';
import { Keys } from '../../src/keys/keys.ts';
import type { Sent } from '../../src/mail/mailer.ts';
import { Requests } from '../../src/requests/requests.ts';
import { MemoryRequests } from './memoryRequests.ts';
import { Shares } from '../../src/shares/shares.ts';
import { StoredRules } from '../../src/permissions/storedRules.ts';
import { MemoryAudit, MemoryKeys, MemoryRules, MemorySessions, MemoryUsers } from './memory.ts';

/** The folder of images, where none is named. */
const SAMPLES = join(import.meta.dirname, '../../../samples/images');
const ACCOUNT_COOKIE = 'vitrine_account';
/** bcrypt's least, for tests. */
const COST = 4;
export const PUBLIC_URL = 'http://localhost:8080';
export const PASSWORD = 'correct horse battery';

const NO_PICTURES: Overview = {
  all: { pictures: 0, ready: 0, beingMade: 0, unserved: 0 },
  folders: [],
  unserved: [],
  secondsLeft: undefined,
  taken: 0,
  room: 0,
};

export type LoggedIn = { readonly user: User; readonly cookie: string; readonly sessionId: string };

/** The panel in an Express application of its own, over stores in memory. */
export function panelUnderTest(
  institution = 'Museum of Tests',
  pictures: Overview | Silent = NO_PICTURES,
  images = SAMPLES,
) {
  const userStore = new MemoryUsers();
  const sessionStore = new MemorySessions(userStore);
  const audit = new MemoryAudit();
  const sessions = new Sessions(sessionStore, 3600, systemClock);
  const users = new Users(userStore, new Passwords('salt', COST), systemClock, (id) => sessions.endAllOf(id));

  const rules = new StoredRules(new MemoryRules(), async () => (await users.listRoles()).map(({ name }) => name));
  const keys = new Keys(new MemoryKeys(), systemClock, (path) => Promise.resolve(path));
  const shares = new Shares(new MemoryShares(), systemClock, (path) => Promise.resolve(path));
  const fileRules = [folderRule({ name: 'access.yml: maps', where: ['maps'], access: 'open' })];
  let inForce = new RuleTree(fileRules);
  const warnings: PanelWarning[] = [];

  const changed = async () => {
    inForce = new RuleTree([...fileRules, ...(await rules.rules())]);
  };

  /** What the mail server says of the next mails; nothing where there is none. */
  const mails: { answer: Sent | undefined } = { answer: undefined };
  const requests = new Requests(
    {
      repository: new MemoryRequests(),
      shares,
      now: systemClock,
      mailer: undefined,
      outbox: undefined,
      curators: () => Promise.resolve([]),
    },
    { publicUrl: PUBLIC_URL, institution },
  );
  const app = express();
  app.use(
    '/auth/admin',
    createPanel({
      users,
      invite: (user) =>
        user.active
          ? Promise.resolve({ link: `the link of ${user.email}`, mailed: mails.answer })
          : Promise.reject(new Refused('active', 'enable first')),
      sessions,
      audit,
      keys,
      shares,
      requests,
      rules: {
        stored: rules,
        inForce: () => inForce,
        catalogue: new Catalogue(images),
        users,
        audit,
        now: systemClock,
        changed,
      },
      warnings: () => Promise.resolve(warnings),
      why: (question) =>
        why(question, {
          catalogue: {
            find: () => Promise.resolve({ kind: 'missing', message: '' }),
            realOf: (path) => Promise.resolve(path),
          },
          ...{
            users,
            keys,
            shares,
            manifestsProtected: false,
            now: systemClock().getTime(),
          },
          rules: inForce,
        }),
      pictures: () => Promise.resolve(pictures),
      now: systemClock,
      identify: async (request) => {
        const cookie = parse(request.get('Cookie') ?? '')[ACCOUNT_COOKIE];
        return cookie === undefined ? undefined : sessions.ofAccountCookie(cookie);
      },
      publicUrl: PUBLIC_URL,
      institution,
      rootPath: '/auth/admin',
      loginPath: '/auth/iiif-login',
      logoutPath: '/auth/logout',
    }),
  );
  /** What reached the application's error handler. */
  const errors: unknown[] = [];
  const lastResort: express.ErrorRequestHandler = (error, _request, response, _next) => {
    errors.push(error);
    response.status(error instanceof StoreUnavailable ? 503 : 500).json({ error: String(error) });
  };
  app.use(lastResort);

  async function logIn(email: string, roles: string[], name = ''): Promise<LoggedIn> {
    const user = (await users.findByEmail(email)) ?? (await users.add({ email, name, roles, password: PASSWORD }));
    const account = newSecret();
    const start = { user, access: newSecret(), account, address: '192.0.2.7', userAgent: 'Firefox' };
    const { id } = await sessions.start(start);
    return { user, cookie: `${ACCOUNT_COOKIE}=${account}`, sessionId: id };
  }

  return {
    app,
    mails,
    users,
    sessions,
    rules,
    keys,
    shares,
    requests,
    audit,
    userStore,
    sessionStore,
    errors,
    changed,
    warnings,
    logIn,
  };
}
