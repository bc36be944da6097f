import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const columns = ['begins_at', 'ends_at'].map(
  (name) => new TableColumn({ name, type: 'varchar', length: '24', isNullable: true }),
);

/** A user has a role from a moment on, and until one. Who has one already has it without an end. */
export class EndsOfRoles1795890000000 implements MigrationInterface {
  readonly name = 'EndsOfRoles1795890000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('user_roles', columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('user_roles', columns);
  }
}
