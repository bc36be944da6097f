import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { asStoreFailure } from './failure.ts';

/** What the two databases do differently. */
export type ConnectionStrategy = {
  /** Starts a transaction that may write. */
  readonly begin: string;
  /** Lends a connection, and takes it back in whatever state it is. */
  use<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T>;
  /** Called in a transaction: makes everybody else who calls it wait for its end. */
  shutOut(runner: QueryRunner): Promise<void>;
  /** What `Store.state` answers. */
  state(runner: QueryRunner): Promise<string>;
  /** Whether the connection, and a transaction on it, went with this error. */
  isGone(error: unknown): boolean;
};

/** Asks a statement; the parameters are in the order in which they stand in it. */
export type Select<Row> = (...parameters: readonly string[]) => Promise<Row[]>;

/**
 * The database as the repositories use it. Everything throws `StoreUnavailable` where the database does not answer (with
 * its error as `cause`), and lets `Refused` through.
 */
export class Store {
  readonly #source: DataSource;
  readonly #connections: ConnectionStrategy;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(source: DataSource, connections: ConnectionStrategy) {
    this.#source = source;
    this.#connections = connections;
  }

  /** Does what needs no transaction. `work` asks nobody but `manager`. */
  run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#use((runner) => work(runner.manager));
  }

  /** One transaction: all of `work` happens or, where it throws, nothing. `work` asks nobody but `manager`. */
  change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#use((runner) => inTransaction(runner, this.#connections, () => work(runner.manager)));
  }

  /** Writes a select once, so that asking it costs no more than its execution. */
  select<Row>(build: (source: DataSource) => SelectQueryBuilder<ObjectLiteral>): Select<Row> {
    const sql = build(this.#source).getQueryAndParameters()[0];
    return (...parameters) => this.run((manager) => manager.query<Row[]>(sql, [...parameters]));
  }

  /** Another text as soon as anything was changed by anyone, this process too. */
  state(): Promise<string> {
    return this.#use((runner) => this.#connections.state(runner));
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#source.destroy();
  }

  async #use<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const working = this.#connections.use(work);
    this.#underWay.add(working);
    try {
      return await working;
    } catch (error) {
      throw asStoreFailure(error);
    } finally {
      this.#underWay.delete(working);
    }
  }
}

export async function inTransaction<T>(
  runner: QueryRunner,
  connections: ConnectionStrategy,
  work: () => Promise<T>,
): Promise<T> {
  await runner.query(connections.begin);
  try {
    const result = await work();
    await runner.query('COMMIT');
    return result;
  } catch (error) {
    if (!connections.isGone(error)) await rollBack(runner, error);
    throw error;
  }
}

async function rollBack(runner: QueryRunner, because: unknown): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch (error) {
    throw new AggregateError([because, error], 'A transaction failed, and taking it back failed too.');
  }
}
