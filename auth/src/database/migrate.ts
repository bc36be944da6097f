import { type DataSource, MigrationExecutor } from 'typeorm';
import { inTransaction, type ConnectionStrategy } from './store.ts';

/**
 * Brings the tables up to date. All in one transaction that begins by shutting everybody else out, so that of two
 * services that start at once one does it and the other waits, then finds it done.
 */
export async function migrate(source: DataSource, connections: ConnectionStrategy): Promise<void> {
  await connections.use(async (runner) => {
    // Outside of the transaction, where SQLite ignores it: a table that is rebuilt must not take along what refers to it.
    await runner.beforeMigration();
    await inTransaction(runner, connections, async () => {
      await connections.shutOut(runner);
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = 'none';
      await executor.executePendingMigrations();
    });
    await runner.afterMigration();
  });
}
