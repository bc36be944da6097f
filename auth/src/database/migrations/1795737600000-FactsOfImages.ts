import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

const key = { name: 'key', type: 'varchar', length: '64', isPrimary: true, primaryKeyConstraintName: 'image_facts_pk' };
const seenAt = { name: 'seen_at', type: 'varchar', length: '24' };
const indices = [{ name: 'image_facts_seen_at', columnNames: ['seen_at'] }];

const facts = new Table({ name: 'image_facts', columns: [key, { name: 'facts', type: 'text' }, seenAt], indices });
const sizes = new Table({
  name: 'image_facts',
  columns: [key, { name: 'width', type: 'integer' }, { name: 'height', type: 'integer' }, seenAt],
  indices,
});

/** More than the size is kept of a file: its pages, and how each is stored. What was kept before is found out again. */
export class FactsOfImages1795737600000 implements MigrationInterface {
  readonly name = 'FactsOfImages1795737600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropTable('image_facts');
    await runner.createTable(facts);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('image_facts');
    await runner.createTable(sizes);
  }
}
