import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const requests = new Table({
  name: 'access_requests',
  columns: [
    { name: 'id', type: 'varchar', length: '16', isPrimary: true, primaryKeyConstraintName: 'access_requests_pk' },
    { name: 'place', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'email', type: 'text' },
    { name: 'reason', type: 'text' },
    { name: 'language', type: 'varchar', length: '8' },
    { name: 'created_at', type: 'varchar', length: '24' },
    { name: 'state', type: 'varchar', length: '8' },
  ],
  indices: [{ name: 'access_requests_created_at', columnNames: ['created_at'] }],
});

export class AccessRequests1795904400001 implements MigrationInterface {
  readonly name = 'AccessRequests1795904400001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(requests);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(requests);
  }
}
