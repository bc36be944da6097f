import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { UserRepository } from '../identity/userRepository.ts';
import type { FactStore } from '../images/facts.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { SessionRepository } from '../sessions/session.ts';
import type { VisitRepository } from '../sessions/visit.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';
import { StoredAudit } from './storedAudit.ts';
import { StoredFacts } from './storedFacts.ts';
import { StoredSessions } from './storedSessions.ts';
import { StoredUsers } from './storedUsers.ts';
import { StoredVisits } from './storedVisits.ts';

export type Database = {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly visits: VisitRepository;
  readonly audit: AuditTrail;
  readonly facts: FactStore;
  /** Waits for what is under way; afterwards every method throws `StoreUnavailable`. */
  close(): Promise<void>;
};

type Log = { warn(fields: object, message: string): void };

/** Milliseconds between two attempts to reach a database server. */
const PAUSE = 3000;

/**
 * Opens the database and brings its tables up to date. A PostgreSQL server that does not answer (yet) is asked again until
 * it does, with a line in the log each time.
 * @throws for a SQLite file that cannot be opened, or that is none
 */
export async function openDatabase(which: Config['database'], log: Log): Promise<Database> {
  for (;;) {
    try {
      return await openDatabaseOnce(which, log);
    } catch (error) {
      if (which.type === 'sqlite') throw error;
      const cause = error instanceof Error ? error.message || error.name : String(error);
      log.warn({ cause }, `The database cannot be used; trying again in ${PAUSE / 1000} seconds`);
      await wait(PAUSE);
    }
  }
}

/** The same for somebody who sits and waits: one attempt, which throws where the database does not answer. */
export async function openDatabaseOnce(which: Config['database'], log: Log): Promise<Database> {
  return repositories(which.type === 'sqlite' ? await openSqlite(which.file) : await openPostgres(which.url, log));
}

function repositories(store: Store): Database {
  return {
    users: new StoredUsers(store),
    sessions: new StoredSessions(store),
    visits: new StoredVisits(store),
    audit: new StoredAudit(store),
    facts: new StoredFacts(store),
    close: () => store.close(),
  };
}
