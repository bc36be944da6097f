import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { Config } from '../../src/config/config.ts';

/** An empty database for one test. */
export type Fresh = { readonly config: Config['database']; remove(): Promise<void> };

/** The databases that Vitrine runs on: `describe.for(databases)`, or `describe.skipIf(missing)`. */
export const databases = [
  { name: 'SQLite', missing: false, fresh: freshSqlite },
  { name: 'PostgreSQL', missing: inject('postgres') === undefined, fresh: freshPostgres },
] as const;

function freshSqlite(): Promise<Fresh> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-sqlite-'));
  return Promise.resolve({
    config: { type: 'sqlite', file: join(folder, 'auth.db') },
    remove: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  });
}

async function freshPostgres(): Promise<Fresh> {
  const server = inject('postgres');
  if (server === undefined) throw new Error('PostgreSQL is not installed.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `CREATE DATABASE ${name}`);
  return {
    config: { type: 'postgres', url: server.replace(/\/postgres$/, `/${name}`) },
    remove: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
