import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

type Column = Omit<TableColumnOptions, 'name'>;

const id = { type: 'varchar', length: '36' } satisfies Column;
const hash = { type: 'varchar', length: '64' } satisfies Column;
const roleName = { type: 'varchar', length: '63' } satisfies Column;
const time = { type: 'varchar', length: '24' } satisfies Column;
const text = { type: 'text' } satisfies Column;
const integer = { type: 'integer' } satisfies Column;

function key(table: string, column: Column): Column {
  return { ...column, isPrimary: true, primaryKeyConstraintName: `${table}_pk` };
}

function columns(of: Record<string, Column>): TableColumnOptions[] {
  return Object.entries(of).map(([name, column]) => ({ name, ...column }));
}

function toUser(name: string) {
  return {
    name,
    columnNames: ['user_id'],
    referencedTableName: 'users',
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
  };
}

const tables = [
  new Table({
    name: 'users',
    columns: columns({
      id: key('users', id),
      email: { type: 'varchar', length: '320' },
      name: text,
      active: { type: 'boolean' },
      password_hash: text,
      created_at: time,
      last_login_at: { ...time, isNullable: true },
    }),
    indices: [{ name: 'users_email', columnNames: ['email'], isUnique: true }],
  }),
  new Table({
    name: 'roles',
    columns: columns({ name: key('roles', roleName), description: text }),
  }),
  new Table({
    name: 'user_roles',
    columns: columns({ user_id: key('user_roles', id), role_name: key('user_roles', roleName) }),
    foreignKeys: [
      toUser('user_roles_user'),
      {
        name: 'user_roles_role',
        columnNames: ['role_name'],
        referencedTableName: 'roles',
        referencedColumnNames: ['name'],
        onDelete: 'CASCADE',
      },
    ],
    indices: [{ name: 'user_roles_role_name', columnNames: ['role_name'] }],
  }),
  new Table({
    name: 'sessions',
    columns: columns({
      id: key('sessions', id),
      user_id: id,
      access_hash: hash,
      account_hash: hash,
      created_at: time,
      expires_at: time,
      address: text,
      user_agent: text,
    }),
    foreignKeys: [toUser('sessions_user')],
    indices: [
      { name: 'sessions_access_hash', columnNames: ['access_hash'], isUnique: true },
      { name: 'sessions_account_hash', columnNames: ['account_hash'], isUnique: true },
      { name: 'sessions_user_id', columnNames: ['user_id'] },
      { name: 'sessions_expires_at', columnNames: ['expires_at'] },
    ],
  }),
  new Table({
    name: 'audit_events',
    columns: columns({
      id: key('audit_events', { ...integer, isGenerated: true, generationStrategy: 'increment' }),
      at: time,
      action: { type: 'varchar', length: '40' },
      actor: text,
      target: text,
      address: text,
    }),
  }),
  new Table({
    name: 'image_facts',
    columns: columns({ key: key('image_facts', hash), width: integer, height: integer }),
  }),
];

export class CreateTables1795305600000 implements MigrationInterface {
  readonly name = 'CreateTables1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table);
    await runner.query(`INSERT INTO roles (name, description) VALUES ('admin', 'May use the admin panel')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table);
  }
}
