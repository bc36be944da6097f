import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const primaryKeyConstraintName = 'access_rules_pk';

const rules = new Table({
  name: 'access_rules',
  columns: [
    { name: 'section', type: 'varchar', length: '10', isPrimary: true, primaryKeyConstraintName },
    { name: 'name', type: 'text', isPrimary: true, primaryKeyConstraintName },
    { name: 'value', type: 'text' },
  ],
});

export class AccessRules1795886400000 implements MigrationInterface {
  readonly name = 'AccessRules1795886400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(rules);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(rules);
  }
}
