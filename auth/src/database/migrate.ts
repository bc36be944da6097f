import { type DataSource, MigrationExecutor } from 'typeorm';
import { inTransaction, type Lane } from './store.ts';

/**
 * Brings the tables up to date. All in one transaction that begins by shutting everybody else out, so that of two
 * services that start at once one does it and the other waits, then finds it done.
 */
export async function migrate(source: DataSource, lane: Lane): Promise<void> {
  await lane.use(async (runner) => {
    // Outside of the transaction, where SQLite ignores it: a table that is made anew must not take along what refers to it.
    await runner.beforeMigration();
    await inTransaction(runner, lane, async () => {
      await lane.shutOut(runner);
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = 'none';
      await executor.executePendingMigrations();
    });
    await runner.afterMigration();
  });
}
