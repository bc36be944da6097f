import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const time = { type: 'varchar', length: '24' };

const endedVisits = new Table({
  name: 'ended_visits',
  columns: [
    { name: 'id', type: 'varchar', length: '22', isPrimary: true, primaryKeyConstraintName: 'ended_visits_pk' },
    { name: 'expires_at', ...time },
  ],
  indices: [{ name: 'ended_visits_expires_at', columnNames: ['expires_at'] }],
});

/** Visits are not stored any more, but for their end; what grows can be found by its age. */
export class EndOfWhatGrows1795650000000 implements MigrationInterface {
  readonly name = 'EndOfWhatGrows1795650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropTable('visits');
    await runner.createTable(endedVisits);
    const now = new Date().toISOString();
    await runner.addColumn('image_facts', new TableColumn({ name: 'seen_at', ...time, default: `'${now}'` }));
    // The default was for the rows that there are.
    const [before, after] = [
      new TableColumn({ name: 'seen_at', ...time, default: `'${now}'` }),
      new TableColumn({ name: 'seen_at', ...time }),
    ];
    await runner.changeColumn('image_facts', before, after);
    await runner.createIndex('image_facts', new TableIndex({ name: 'image_facts_seen_at', columnNames: ['seen_at'] }));
    await runner.createIndex('audit_events', new TableIndex({ name: 'audit_events_at', columnNames: ['at'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_events', 'audit_events_at');
    await runner.dropIndex('image_facts', 'image_facts_seen_at');
    await runner.dropColumn('image_facts', 'seen_at');
    await runner.dropTable('ended_visits');
  }
}
