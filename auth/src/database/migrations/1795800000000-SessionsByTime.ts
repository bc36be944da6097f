import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const index = new TableIndex({ name: 'sessions_created_at', columnNames: ['created_at', 'id'] });

/** The panel lists the newest sessions first, page by page, however many there are. */
export class SessionsByTime1795800000000 implements MigrationInterface {
  readonly name = 'SessionsByTime1795800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('sessions', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('sessions', index);
  }
}
