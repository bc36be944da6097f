import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const visits = new Table({
  name: 'visits',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true, primaryKeyConstraintName: 'visits_pk' },
    { name: 'secret_hash', type: 'varchar', length: '64' },
    { name: 'agreed', type: 'boolean' },
    { name: 'at_kiosk', type: 'boolean' },
    { name: 'created_at', type: 'varchar', length: '24' },
    { name: 'expires_at', type: 'varchar', length: '24' },
  ],
  indices: [
    { name: 'visits_secret_hash', columnNames: ['secret_hash'], isUnique: true },
    { name: 'visits_expires_at', columnNames: ['expires_at'] },
  ],
});

export class AddVisits1795348800000 implements MigrationInterface {
  readonly name = 'AddVisits1795348800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(visits);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(visits);
  }
}
