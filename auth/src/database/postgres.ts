import { DataSource, type QueryRunner } from 'typeorm';
import { Refused } from '../identity/errors.ts';
import { entities } from './entities/all.ts';
import { codeOf } from './failure.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { type ConnectionStrategy, Store } from './store.ts';
import type { Log } from '../shared/log.ts';

/** Milliseconds. A visitor is told "503" after these, rather than left waiting. */
const CONNECT_TIMEOUT = 3000;
const STATEMENT_TIMEOUT = 4000;
/** Longer than the server's own, which leaves the connection usable: for when the server does not even say that. */
const ANSWER_TIMEOUT = 5000;
const CONNECTIONS = 10;
/** Any number, as long as every Vitrine takes the same. */
const MIGRATION_LOCK = 7_184_120_463;

/**
 * Connects to PostgreSQL once, and makes the tables where they are missing.
 * @param url `postgres://user:password@host/database`, with the parameters that node-postgres knows (`sslmode`, …)
 * @throws where it does not answer, or refuses
 */
export async function openPostgres(url: string, log: Pick<Log, 'warn'>): Promise<Store> {
  // A change of a large table takes as long as it takes, and so does waiting for the service that is at it.
  const unhurried = await connect(url, log, {});
  try {
    await migrate(unhurried, connectionStrategyOf(unhurried));
  } finally {
    await unhurried.destroy();
  }
  const source = await connect(url, log, { statement_timeout: STATEMENT_TIMEOUT, query_timeout: ANSWER_TIMEOUT });
  return new Store(source, connectionStrategyOf(source));
}

function connect(url: string, log: Pick<Log, 'warn'>, timeouts: object): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    entities,
    migrations,
    logging: false,
    installExtensions: false,
    applicationName: 'vitrine',
    poolSize: CONNECTIONS,
    connectTimeoutMS: CONNECT_TIMEOUT,
    // A connection that breaks while nobody uses it; the next question opens a new one.
    poolErrorHandler: (error: Error) => {
      log.warn({ cause: error.message }, 'A connection to the database broke');
    },
    // Not as `url`, which TypeORM would take apart itself and lose the parameters of.
    extra: { connectionString: url, keepAlive: true, ...timeouts },
  }).initialize();
}

function connectionStrategyOf(source: DataSource): ConnectionStrategy {
  return {
    begin: 'BEGIN',
    async use(work) {
      const runner = source.createQueryRunner();
      try {
        return await work(runner);
      } catch (error) {
        if (isGone(error)) await discard(runner);
        throw error;
      } finally {
        await runner.release();
      }
    },
    async shutOut(runner) {
      await runner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    },
    // Which transactions can be seen: of all databases of the server, so it may change more often than ours.
    async state(runner) {
      const [{ snapshot }] = (await runner.query('SELECT pg_current_snapshot()::text AS snapshot')) as [
        { snapshot: string },
      ];
      return snapshot;
    },
    isGone,
  };
}

/** An answer of the server carries an SQLSTATE: five characters, at least one of them a digit (unlike `EPIPE`). */
function isGone(error: unknown): boolean {
  return !(error instanceof Refused) && !/^(?=.*\d)[0-9A-Z]{5}$/.test(codeOf(error) ?? '');
}

/**
 * node-postgres puts a connection whose answer did not come in time back among the good ones, where the next question
 * would wait behind it.
 */
async function discard(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect().catch(() => undefined)) as { end(): Promise<void> } | undefined;
  client?.end().catch(() => undefined);
}
