import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { DataSource } from 'typeorm';
import { entities } from './entities/all.ts';
import { codeOf } from './failure.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { type ConnectionStrategy, Store } from './store.ts';

/** Milliseconds that SQLite itself waits for another process to finish writing. Nothing else happens meanwhile, not even tiles. */
const BUSY_TIMEOUT = 50;
/** Milliseconds for which a change that found the file busy is tried again. */
const PATIENCE = 3000;
/** The same for the start, where another service may be making the tables. */
const PATIENCE_AT_START = 30_000;

/**
 * Opens a SQLite file, makes it (mode 0600) and its tables where they are missing.
 * @param file absolute path; its folder exists
 * @throws where the file cannot be opened or is no database
 */
export async function openSqlite(file: string): Promise<Store> {
  make(file);
  const source = await untilFree(() => connect(file), PATIENCE_AT_START);
  try {
    const connections = connectionStrategyOf(source);
    await untilFree(() => migrate(source, connections), PATIENCE_AT_START);
    return new Store(source, connections);
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** What we use of better-sqlite3's own, which TypeORM does not type. */
type Prepared = {
  pragma(source: string): unknown;
  function(name: string, options: { deterministic: boolean }, body: (text: unknown) => unknown): unknown;
};

function connect(file: string): Promise<DataSource> {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities,
    migrations,
    logging: false,
    timeout: BUSY_TIMEOUT,
    enableWAL: true,
    // TypeORM turns foreign keys on by itself.
    prepareDatabase: (database: Prepared) => {
      // SQLite's own knows the letters of ASCII alone.
      database.function('lower', { deterministic: true }, (text) =>
        typeof text === 'string' ? text.toLowerCase() : text,
      );
      // NORMAL, the usual companion of WAL, may lose the last commits when the power goes: a session that was ended, a
      // user that was disabled, would be back. We write seldom; FULL costs one fsync each time.
      database.pragma('synchronous = FULL');
    },
  }).initialize();
}

/**
 * There is one connection, so one at a time: what another request asks must not fall into a transaction that waits for
 * its next statement.
 */
function connectionStrategyOf(source: DataSource): ConnectionStrategy {
  const runner = source.createQueryRunner();
  const limit = pLimit(1);
  return {
    // A transaction that reads before it writes would be refused, without waiting, when somebody wrote in between.
    begin: 'BEGIN IMMEDIATE',
    use: (work) => untilFree(() => limit(() => work(runner)), PATIENCE),
    shutOut: () => Promise.resolve(),
    // What others have committed, and what this connection has written.
    async state(runner) {
      const counts = 'SELECT data_version AS others, total_changes() AS own FROM pragma_data_version';
      const [{ others, own }] = (await runner.query(counts)) as [{ others: number; own: number }];
      return `${others} ${own}`;
    },
    isGone: () => false,
  };
}

/** With the mode of a secret from its first moment; SQLite gives the files beside it (-wal, -shm) the same. */
function make(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** A busy file has refused the whole of what `attempt` does. */
async function untilFree<T>(attempt: () => Promise<T>, patience: number): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!codeOf(error)?.startsWith('SQLITE_BUSY') || performance.now() > deadline) throw error;
      await wait(5 + Math.random() * 20);
    }
  }
}
