import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const change = new TableColumn({ name: 'change', type: 'text', isNullable: true });

/** What a rule was and became, whole, so that it can be taken back. What was recorded before has only words. */
export class ChangesOfRules1795911600000 implements MigrationInterface {
  readonly name = 'ChangesOfRules1795911600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('audit_events', change);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('audit_events', change);
  }
}
