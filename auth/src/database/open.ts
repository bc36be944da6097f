import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { UserRepository } from '../identity/userRepository.ts';
import type { FactStore } from '../images/facts/facts.ts';
import type { KeyRepository } from '../keys/key.ts';
import type { ShareRepository } from '../shares/share.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { RuleRepository } from '../permissions/storedRules.ts';
import type { InvitationRepository } from '../sessions/invitations.ts';
import type { RequestRepository } from '../requests/request.ts';
import type { SessionRepository } from '../sessions/session.ts';
import type { EndedVisits } from '../sessions/visit.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';
import { StoredAccessRules } from './storedAccessRules.ts';
import { StoredAudit } from './storedAudit.ts';
import { StoredEndedVisits } from './storedEndedVisits.ts';
import { StoredFacts } from './storedFacts.ts';
import { StoredInvitations } from './storedInvitations.ts';
import { Retention } from './storedRetention.ts';
import { StoredKeys } from './storedKeys.ts';
import { StoredRequests } from './storedRequests.ts';
import { StoredSessions } from './storedSessions.ts';
import { StoredShares } from './storedShares.ts';
import { StoredUsers } from './storedUsers.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';

export type Database = {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly endedVisits: EndedVisits;
  readonly invitations: InvitationRepository;
  readonly audit: AuditTrail;
  readonly facts: FactStore;
  readonly rules: RuleRepository;
  readonly keys: KeyRepository;
  readonly shares: ShareRepository;
  readonly requests: RequestRepository;
  readonly retention: Retention;
  /** Waits for what is under way; afterwards every method throws `StoreUnavailable`. */
  close(): Promise<void>;
};

/** Milliseconds between two attempts to reach a database server. */
const PAUSE = 3000;

/**
 * Opens the database and brings its tables up to date. A PostgreSQL server that does not answer (yet) is asked again until
 * it does, with a line in the log each time.
 * @throws for a SQLite file that cannot be opened, or is no database
 */
export async function openDatabase(which: Config['database'], log: Pick<Log, 'warn'>, now?: Clock): Promise<Database> {
  for (;;) {
    try {
      return await openDatabaseOnce(which, log, now);
    } catch (error) {
      if (which.type === 'sqlite') throw error;
      const cause = error instanceof Error ? error.message || error.name : String(error);
      log.warn({ cause }, `The database cannot be used; trying again in ${PAUSE / 1000} seconds`);
      await wait(PAUSE);
    }
  }
}

/** The same for somebody who sits and waits: one attempt, which throws where the database does not answer. */
export async function openDatabaseOnce(
  which: Config['database'],
  log: Pick<Log, 'warn'>,
  now: Clock = systemClock,
): Promise<Database> {
  const store = which.type === 'sqlite' ? await openSqlite(which.file) : await openPostgres(which.url, log);
  return repositories(store, now);
}

function repositories(store: Store, now: Clock): Database {
  return {
    users: new StoredUsers(store, now),
    sessions: new StoredSessions(store, now),
    endedVisits: new StoredEndedVisits(store),
    invitations: new StoredInvitations(store),
    audit: new StoredAudit(store),
    facts: new StoredFacts(store, now),
    rules: new StoredAccessRules(store),
    keys: new StoredKeys(store),
    shares: new StoredShares(store),
    requests: new StoredRequests(store),
    retention: new Retention(store),
    close: () => store.close(),
  };
}
