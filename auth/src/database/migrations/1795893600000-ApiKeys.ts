import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const time = { type: 'varchar', length: '24' };

const keys = new Table({
  name: 'api_keys',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true, primaryKeyConstraintName: 'api_keys_pk' },
    { name: 'name', type: 'text' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'folders', type: 'text' },
    { name: 'pixels', type: 'integer', isNullable: true },
    { name: 'created_at', ...time },
    { name: 'expires_at', ...time },
    { name: 'last_used_at', ...time, isNullable: true },
  ],
  indices: [
    { name: 'api_keys_name', columnNames: ['name'], isUnique: true },
    { name: 'api_keys_hash', columnNames: ['hash'], isUnique: true },
  ],
});

export class ApiKeys1795893600000 implements MigrationInterface {
  readonly name = 'ApiKeys1795893600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(keys);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(keys);
  }
}
