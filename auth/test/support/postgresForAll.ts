import type { TestProject } from 'vitest/node';
import { postgresPrograms, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server that all tests of a run share; undefined where PostgreSQL is not installed. */
    postgres: string | undefined;
  }
}

/** Starts one PostgreSQL server for all test files of a run. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const programs = postgresPrograms();
  if (programs === undefined) {
    console.log('PostgreSQL is not installed (Debian package postgresql): its tests are skipped.');
    project.provide('postgres', undefined);
    return undefined;
  }
  const server = await startPostgres(programs);
  project.provide('postgres', server.url('postgres'));
  return () => server.remove();
}
