import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const invitations = new Table({
  name: 'invitations',
  columns: [
    { name: 'user_id', type: 'varchar', length: '36', isPrimary: true, primaryKeyConstraintName: 'invitations_pk' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'expires_at', type: 'varchar', length: '24' },
  ],
  foreignKeys: [
    {
      name: 'invitations_user',
      columnNames: ['user_id'],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
  indices: [
    { name: 'invitations_hash', columnNames: ['hash'], isUnique: true },
    { name: 'invitations_expires_at', columnNames: ['expires_at'] },
  ],
});

export class Invitations1795897200000 implements MigrationInterface {
  readonly name = 'Invitations1795897200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(invitations);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(invitations);
  }
}
