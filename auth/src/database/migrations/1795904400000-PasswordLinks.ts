import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const user = {
  columnNames: ['user_id'],
  referencedTableName: 'users',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
};

const links = new Table({
  name: 'password_links',
  columns: [
    { name: 'hash', type: 'varchar', length: '64', isPrimary: true, primaryKeyConstraintName: 'password_links_pk' },
    { name: 'user_id', type: 'varchar', length: '36' },
    { name: 'purpose', type: 'varchar', length: '16' },
    { name: 'expires_at', type: 'varchar', length: '24' },
  ],
  foreignKeys: [{ name: 'password_links_user', ...user }],
  indices: [
    { name: 'password_links_user_purpose', columnNames: ['user_id', 'purpose'], isUnique: true },
    { name: 'password_links_expires_at', columnNames: ['expires_at'] },
  ],
});

const invitations = new Table({
  name: 'invitations',
  columns: [
    { name: 'user_id', type: 'varchar', length: '36', isPrimary: true, primaryKeyConstraintName: 'invitations_pk' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'expires_at', type: 'varchar', length: '24' },
  ],
  foreignKeys: [{ name: 'invitations_user', ...user }],
  indices: [
    { name: 'invitations_hash', columnNames: ['hash'], isUnique: true },
    { name: 'invitations_expires_at', columnNames: ['expires_at'] },
  ],
});

/** A link for a forgotten password, which anybody can ask for, does not take the place of an invitation. */
export class PasswordLinks1795904400000 implements MigrationInterface {
  readonly name = 'PasswordLinks1795904400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(links);
    await runner.query(
      `INSERT INTO password_links (hash, user_id, purpose, expires_at) SELECT hash, user_id, 'invitation', expires_at FROM invitations`,
    );
    await runner.dropTable(invitations);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createTable(invitations);
    await runner.query(
      `INSERT INTO invitations (user_id, hash, expires_at) SELECT user_id, hash, expires_at FROM password_links WHERE purpose = 'invitation'`,
    );
    await runner.dropTable(links);
  }
}
