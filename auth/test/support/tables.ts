import { DataSource, type MigrationInterface } from 'typeorm';
import { entities } from '../../src/database/entities/all.ts';
import type { Fresh } from './freshDatabase.ts';

/** The database itself, past the repositories, as an administrator would look into it. */
export function sourceOf(config: Fresh['config'], migrations: (new () => MigrationInterface)[] = []): DataSource {
  return new DataSource(
    config.type === 'sqlite'
      ? { type: 'better-sqlite3', database: config.file, entities, migrations }
      : { type: 'postgres', url: config.url, entities, migrations, installExtensions: false },
  );
}

/** Executes a statement; answers its rows. */
export async function execute<Row>(config: Fresh['config'], statement: string): Promise<Row[]> {
  const source = await sourceOf(config).initialize();
  return source.query<Row[]>(statement).finally(() => source.destroy());
}

/** How many rows each table has. */
export async function rowsOf(config: Fresh['config']): Promise<Record<string, number>> {
  const source = await sourceOf(config).initialize();
  try {
    const counts = source.entityMetadatas.map(async ({ name, tableName }) => {
      return [tableName, await source.manager.count(name)] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  } finally {
    await source.destroy();
  }
}
