import { loadConfig } from '../config/load.ts';
import { type Database, openDatabaseOnce } from '../database/open.ts';
import { Refused } from '../identity/errors.ts';
import { systemClock } from '../shared/clock.ts';
import { StoreUnavailable } from '../shared/errors.ts';
import { Passwords } from '../identity/passwords.ts';
import { Catalogue } from '../images/catalogue/catalogue.ts';
import type { FactStore } from '../images/facts/facts.ts';
import { Keys } from '../keys/keys.ts';
import { Requests } from '../requests/requests.ts';
import { Shares } from '../shares/shares.ts';
import type { User } from '../identity/user.ts';
import { Users } from '../identity/users.ts';
import type { AuditAction } from '../observability/audit.ts';
import { InvitationMail } from '../mail/invitationMail.ts';
import { Mailer } from '../mail/mailer.ts';
import { Invitations } from '../sessions/invitations.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { RealOf } from '../permissions/places.ts';
import { type RuleChange, StoredRules } from '../permissions/storedRules.ts';
import type { Terminal } from './command.ts';

/** Who did it, in the audit trail. */
export const ACTOR = 'cli';

/** Nobody asks here, so nobody is told. */
const NOBODY = { outbox: undefined, curators: () => Promise.resolve([]) };

export type Services = {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly invitations: InvitationMail;
  /** The address of this server, without a path. */
  readonly publicUrl: string;
  readonly rules: StoredRules;
  /** What is known of images, by their states. */
  readonly facts: FactStore;
  readonly keys: Keys;
  readonly shares: Shares;
  readonly requests: Requests;
  /**
   * Makes a change and has it recorded: first, so that one which cannot be recorded is not made; a refused one as refused.
   * @param target an e-mail address, a session's id, the name of a key or a share link
   * @param change of the rule of one place
   */
  readonly record: <T>(action: AuditAction, target: string, make: () => Promise<T>, change?: RuleChange) => Promise<T>;
};

/**
 * Lends the services to a command, on the database that the environment names.
 * @throws ConfigError, StoreUnavailable, and what `work` throws
 */
export async function withServices(terminal: Terminal, work: (services: Services) => Promise<void>): Promise<void> {
  const config = loadConfig(terminal.env);
  const log = { warn: (_: object, message: string) => terminal.stderr.write(`${message}\n`) };
  const database = await openDatabaseOnce(config.database, log).catch((error: unknown) => {
    throw new StoreUnavailable('The database cannot be opened.', { cause: error });
  });
  try {
    const sessions = new Sessions(database.sessions, config.sessionLifetime, systemClock);
    const passwords = new Passwords(config.passwordSalt);
    const users = new Users(database.users, passwords, systemClock, (userId) => sessions.endAllOf(userId));
    const rules = new StoredRules(database.rules, async () => (await users.listRoles()).map(({ name }) => name));
    const catalogue = new Catalogue(config.images.directory);
    const realOf: RealOf = (path) => catalogue.realOf(path);
    const keys = new Keys(database.keys, systemClock, realOf);
    const shares = new Shares(database.shares, systemClock, realOf);
    const mailer = config.mail && new Mailer(config.mail, config.publicUrl);
    const links = new Invitations(database.invitations, users, systemClock);
    const invitations = new InvitationMail(links, mailer, config);
    await work({
      users,
      sessions,
      invitations,
      publicUrl: config.publicUrl,
      rules,
      facts: database.facts,
      keys,
      shares,
      requests: new Requests({ repository: database.requests, shares, now: systemClock, mailer, ...NOBODY }, config),
      record: recorder(database),
    });
  } finally {
    await database.close();
  }
}

function recorder({ audit }: Database): Services['record'] {
  const write = (action: AuditAction, target: string, change?: RuleChange) =>
    audit.record({ at: systemClock(), action, actor: ACTOR, target, address: '', change });

  return async (action, target, make, change) => {
    await write(action, target, change);
    try {
      return await make();
    } catch (error) {
      if (error instanceof Refused) await write('refused', target);
      throw error;
    }
  };
}

/** @throws Refused where nobody has the address */
export async function userOf(users: Users, email: string): Promise<User> {
  const user = await users.findByEmail(email);
  if (!user) throw new Refused('email', `There is no user with the e-mail address ${email}`);
  return user;
}
