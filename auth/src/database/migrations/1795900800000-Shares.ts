import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const time = { type: 'varchar', length: '24' };

const shares = new Table({
  name: 'shares',
  columns: [
    { name: 'id', type: 'varchar', length: '16', isPrimary: true, primaryKeyConstraintName: 'shares_pk' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'name', type: 'text' },
    { name: 'folder', type: 'text' },
    { name: 'pixels', type: 'integer', isNullable: true },
    { name: 'people', type: 'integer' },
    { name: 'used', type: 'integer' },
    { name: 'created_at', ...time },
    { name: 'expires_at', ...time },
    { name: 'last_used_at', ...time, isNullable: true },
  ],
  indices: [
    { name: 'shares_hash', columnNames: ['hash'], isUnique: true },
    { name: 'shares_expires_at', columnNames: ['expires_at'] },
  ],
});

export class Shares1795900800000 implements MigrationInterface {
  readonly name = 'Shares1795900800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(shares);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(shares);
  }
}
